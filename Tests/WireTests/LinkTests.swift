import TestKit
import Testing
import Wire

@Suite struct LinkTests {
    @Test func `a link is what the protocol says it is`() throws {
        // printf 'nwp1\\0link\\0%s\\0a\\0' $(printf '0%.0s' {1..32}) | sha256sum
        #expect(Link.start.next("a").text == "705491f9803e1e2d3850341d1557396e")
    }

    @Test func `equal links mean equal ids in the same order`() {
        func link(_ ids: String...) -> Link { ids.reduce(.start) { $0.next($1) } }
        #expect(link("a", "b") == link("a", "b"))
        #expect(
            Set([link(), link("a"), link("b"), link("a", "b"), link("b", "a"), link("ab"), link("a", "b", "")]).count
                == 7)
    }

    @Test(arguments: ["", "0", String(repeating: "0", count: 33), String(repeating: "G", count: 32), "É"])
    func `nothing else is a link`(text: String) { #expect(Link(text) == nil) }

    @Test func `a trail has a point not much further back than any distance`() {
        var trail = Trail()
        for n in 1...20_000 {
            trail.add(.init(n: Int64(n), link: Link.start))
            guard n % 97 == 0 || n > 19_990 else { continue }
            #expect(trail.points.count <= 30 && trail.newest?.n == Int64(n))
            for distance in [1, 2, 3, 7, 50, 63, 64, 1_000, 4_097] where distance < n {
                let point = trail.points.last { $0.n <= n - distance }?.n ?? 0
                #expect(n - Int(point) < 8 * distance)
            }
        }
    }

    @Test func `a trail keeps its points in order, whatever it is given`() throws {
        var trail = Trail()
        for n in [5, 3, 5, 0, -1, 9] as [Int64] { trail.add(.init(n: n, link: .start)) }
        #expect(trail.points.map(\.n) == [9] || trail.points.map(\.n) == [5, 9])
        trail.cut(to: 5)
        #expect(trail.points.allSatisfy { $0.n <= 5 })
        let zeros = Link.start.text
        let odd = Array("[[7,\"\(zeros)\"],[3,\"\(zeros)\"],[9,\"\(zeros)\"]]".utf8)
        #expect(try JSON.decode(Trail.self, from: odd).points.map(\.n) == [7, 9])
        for text in ["[[1]]", "[[1,\"x\"]]", "[1]", "{}"] {
            #expect(throws: WireError.self) { try JSON.decode(Trail.self, from: Array(text.utf8)) }
        }
        let many = (1...200).map { "[\($0),\"\(zeros)\"]" }.joined(separator: ",")
        #expect(try JSON.decode(Trail.self, from: Array("[\(many)]".utf8)).points.count == Trail.limit)
    }
}
