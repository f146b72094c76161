import Journal
import Streams
import Wire
import ZeroMQ

/// What operators want done about dead letters.
extension Head {
    /// Takes over the orders that were given since the last time, at most once a second.
    mutating func takeOrders() throws(ZeroMQError) {
        let now = SteadyClock.milliseconds()
        guard now >= nextOrders, retryAt <= now, !dispatcher.isFull, let origin = origins.last else { return }
        nextOrders = now + 1_000
        var works: [Dispatcher.Work] = []
        do throws(JournalError) {
            if now >= nextTrim, origin.account.cursor > 0 {
                nextTrim = now + 60_000
                try LetterOrder.trim(journal, through: origin.account.cursor)
            }
            let next = max(order, origin.account.cursor + 1)
            let orders = try LetterOrder.read(from: journal, first: next, count: Self.orders)
            journalAnswered()
            guard let last = orders.last?.n else { return }
            if orders.count == Self.orders { nextOrders = now }
            if origin.account.epoch == nil {
                let state = try journal.state(of: LetterOrder.stream)
                origin.begin(.init(epoch: state.epoch, journal: state.journal), cursor: 0)
            }
            for (n, order) in orders where !origin.account.isSettled(n) {
                let id = TaskID(origin: origins.count - 1, epoch: origin.epoch, n: n)
                guard let order else {
                    settle(id)
                    continue
                }
                do throws(Refusal) {
                    if order.action == .requeue {
                        works.append(try work(of: order, as: id, of: origin))
                    } else {
                        settle(id)
                    }
                    report(.ordered(order, refused: nil))
                } catch {
                    switch error {
                    case .journal(let error): throw error
                    case .reason(let text):
                        settle(id)
                        report(.ordered(order, refused: text))
                    }
                }
            }
            order = last + 1
        } catch {
            cannotRead = true
            report(.journal(error))
        }
        for work in works { try carryOut(dispatcher.enqueue(work, now: now)) }
    }

    /// Says how many dead letters wait for a decision, at most once a second.
    mutating func countLetters() {
        let now = SteadyClock.milliseconds()
        guard now >= nextCount, retryAt <= now else { return }
        nextCount = now + 1_000
        do throws(JournalError) {
            if let count = try openLetters.count(in: journal) { report(.openLetters(count)) } else { nextCount = now }
        } catch {
            cannotRead = true
            report(.journal(error))
        }
    }

    /// Orders taken over at a time: each dead letter may be as large as a message can be.
    private static var orders: Int { 16 }

    /// Why an order cannot be carried out.
    private enum Refusal: Error {
        case journal(JournalError)
        case reason(String)
    }

    /// The task that a dead letter becomes again: the article as its worker first got it.
    private mutating func work(
        of order: LetterOrder, as id: TaskID, of origin: Origin
    ) throws(Refusal) -> Dispatcher.Work {
        let found: StreamMessage?
        do {
            found = try journal.read("dlq", from: order.n, prefix: "", maxCount: 1, maxBytes: 1).first
        } catch {
            throw .journal(error)
        }
        guard let found, found.position.n == order.n, found.position.id == order.id,
            let event = try? JSON.decode(CloudEvent<DeadLetter>.self, from: found.body)
        else { throw .reason("the dead letter is no longer kept") }
        let letter = event.data
        guard let article = letter.article else {
            throw .reason("the dead letter does not hold the article; publish the article again")
        }
        let raw = CloudEvent(
            of: article, id: letter.raw.id, source: "urn:onrecord:analyzer", time: found.position.ts,
            traceparent: event.traceparent)
        guard let body = try? JSON.encode(raw), let topic = try? Topic(found.topic).moved(to: "raw") else {
            throw .reason("the dead letter cannot be read")
        }
        let position = Position(
            s: "raw", e: letter.raw.e ?? "", n: letter.raw.n, p: 0, id: letter.raw.id, ts: found.position.ts)
        requeued[id] = letter
        return Dispatcher.Work(
            id: id, message: StreamMessage(topic: topic.text, position: position, body: body),
            key: event.partitionkey ?? letter.raw.id, language: Self.language(of: topic.text),
            attempts: origin.attempts.removeValue(forKey: id.n) ?? 0,
            history: letter.attempts + (origin.histories.removeValue(forKey: id.n) ?? []))
    }
}
