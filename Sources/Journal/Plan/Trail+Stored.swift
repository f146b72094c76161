internal import Wire

extension Trail {
    /// A trail as a journal holds it; what cannot be read is left out.
    init(stored text: String) {
        self.init()
        for item in text.split(separator: ",") {
            let parts = item.split(separator: " ")
            guard parts.count == 2, let n = Int64(parts[0]), let link = Link(String(parts[1])) else { continue }
            add(Point(n: n, link: link))
        }
    }

    /// The trail as a journal holds it: `4710 9f86…,4711 d08a…`.
    var stored: String { points.map { "\($0.n) \($0.link.text)" }.joined(separator: ",") }
}
