/// A first-in, first-out queue that also takes elements back at its front.
struct Queue<Element: Sendable>: Sendable {
    private var returned: [Element] = []
    private var elements: [Element] = []
    private var start = 0

    var isEmpty: Bool { returned.isEmpty && start == elements.count }

    var count: Int { returned.count + elements.count - start }

    var first: Element? { returned.last ?? (start < elements.count ? elements[start] : nil) }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func putBack(_ element: Element) { returned.append(element) }

    mutating func popFirst() -> Element? {
        if let element = returned.popLast() { return element }
        guard start < elements.count else { return nil }
        let element = elements[start]
        start += 1
        if start > 64, start * 2 > elements.count {
            elements.removeFirst(start)
            start = 0
        }
        return element
    }
}
