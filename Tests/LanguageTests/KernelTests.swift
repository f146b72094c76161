import CKernels
import Foundation
import TestKit
import Testing

@testable import Language

@Suite("Kernels")
struct KernelTests {
    /// Outputs, inputs and rows: whole tiles and panels, and what is left over of them.
    static let sizes = [
        (1, 16, 1), (16, 32, 5), (37, 48, 6), (64, 384, 7), (100, 160, 13), (129, 400, 50), (208, 1536, 20),
    ]

    let portable = Kernels.available[Kernels.available.count - 1].functions.pointee

    @Test("The last of those available is the portable one, and each has a name of its own")
    func areListed() {
        #expect(Kernels.available.last?.name == "portable C")
        #expect(Set(Kernels.available.map(\.name)).count == Kernels.available.count)
        #expect(kernel_sets(Int32(Kernels.available.count)) == nil)
        #expect(kernel_sets(-1) == nil)
    }

    @Test("Products are those of plain arithmetic, to the bit, for every set", arguments: sizes)
    func productsAreExact(outputs: Int, inputs: Int, rows: Int) {
        var random = SplitMix64(seed: UInt64(outputs * inputs + rows))
        let padded = Linear.rounded(outputs, to: Int(KERNEL_LANES))
        let weights = (0..<(outputs * inputs)).map { _ in Int8.random(in: -127...127, using: &random) }
        // The extremes together make the largest sums.
        let bytes = (0..<(rows * inputs)).map { $0 < inputs ? 255 : UInt8.random(in: 0...255, using: &random) }
        let packed = Buffer<Int8>(padded * inputs)
        let sums = Buffer<Int32>(padded)
        kernel_pack(weights, Int32(outputs), Int32(padded), Int32(inputs), packed.base, sums.base)
        let scales = Buffer((0..<padded).map { _ in Float.random(in: 0.001...0.002, using: &random) })
        let bias = Buffer((0..<padded).map { _ in Float.random(in: -1...1, using: &random) })
        let rowScales = Buffer((0..<rows).map { _ in Float.random(in: 0.01...0.1, using: &random) })
        for zero in [0, Int(KERNEL_GELU_ZERO), Int(KERNEL_ZERO)] {
            var matrix = kernel_matrix(
                inputs: Int32(inputs), outputs: Int32(padded), zero: Int32(zero), weights: packed.base, sums: sums.base,
                scales: scales.base, bias: bias.base)
            var wanted: [Float] = []
            for row in 0..<rows {
                for output in 0..<padded {
                    var sum = 0
                    for i in 0..<inputs where output < outputs {
                        sum += (Int(bytes[row * inputs + i]) - zero) * Int(weights[output * inputs + i])
                    }
                    wanted.append(bias[output].addingProduct(Float(sum), scales[output] * rowScales[row]))
                }
            }
            for kernels in Kernels.available {
                let out = Buffer<Float>(rows * padded)
                kernels.functions.pointee.linear(
                    &matrix, bytes, rowScales.base, Int32(rows), out.base, Int32(padded))
                let agrees = numbers(out) == wanted  // apart, lest a failure prints them all
                #expect(agrees, "\(kernels.name), zero \(zero)")
            }
        }
    }

    @Test("Quantising keeps what a byte can hold, alike in every set")
    func quantisingRounds() {
        for (rows, width) in [(1, 16), (3, 384), (5, 1536)] {
            var random = SplitMix64(seed: UInt64(width))
            var x = (0..<(rows * width)).map { _ in normal(&random) }
            for i in 0..<16 { x[i] = 0 }
            let wanted = Quantised(rows: rows, width: width)
            portable.quantise(x, Int32(rows), Int32(width), wanted.numbers.base, wanted.scales.base)
            for (at, number) in x.enumerated() {
                let scale = wanted.scales[at / width]
                #expect(abs((Float(wanted.numbers[at]) - Float(KERNEL_ZERO)) * scale - number) <= scale * 0.5001)
            }
            for kernels in Kernels.available {
                let out = Quantised(rows: rows, width: width)
                kernels.functions.pointee.quantise(x, Int32(rows), Int32(width), out.numbers.base, out.scales.base)
                #expect(out == wanted, "\(kernels.name)")
            }
        }
    }

    @Test("GELU is exact to what a byte can hold, from any number, alike in every set")
    func geluIsGELU() {
        let x: [Float] = (0..<3072).map { $0 < 1536 ? Float($0 - 1000) / 100 : Float($0 - 2236) / 1000 }
        let wanted = Quantised(rows: 2, width: 1536)
        portable.gelu(x, 2, 1536, wanted.numbers.base, wanted.scales.base)
        for (at, number) in x.enumerated() {
            let scale = wanted.scales[at / 1536]
            let share: Double = 0.5 * (1 + erf(Double(number) / 2.0.squareRoot()))
            let found = Float(Int(wanted.numbers[at]) - Int(KERNEL_GELU_ZERO)) * scale
            #expect(abs(found - number * Float(share)) <= scale * 0.5 + 4e-4)
        }
        for kernels in Kernels.available {
            let out = Quantised(rows: 2, width: 1536)
            kernels.functions.pointee.gelu(x, 2, 1536, out.numbers.base, out.scales.base)
            #expect(out == wanted, "\(kernels.name)")
        }
    }

    @Test("Layer norm of a sum has the mean and variance asked for, alike in every set")
    func normsAreNormal() {
        var random = SplitMix64(seed: 7)
        let (rows, width) = (7, 384)
        let x: [Float] = (0..<(rows * width)).map { _ in 3 * normal(&random) + 1 }
        let y: [Float] = (0..<(rows * width)).map { _ in normal(&random) }
        let gain = [Float](repeating: 2, count: width)
        let bias = [Float](repeating: 0.5, count: width)
        var results: [(Buffer<Float>, Quantised)] = []
        for kernels in Kernels.available {
            let (sum, out) = (Buffer(x), Quantised(rows: rows, width: width))
            kernels.functions.pointee.add_norm(
                sum.base, y, Int32(rows), Int32(width), gain, bias, out.numbers.base, out.scales.base)
            results.append((sum, out))
        }
        for row in 0..<rows {
            let at = (row * width)..<((row + 1) * width)
            let added: [Double] = at.map { Double(x[$0]) + Double(y[$0]) }
            let mean = added.reduce(0, +) / Double(width)
            let variance = added.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            for (column, index) in at.enumerated() {
                let wanted = (added[column] - mean) / variance.squareRoot() * 2 + 0.5
                #expect(abs(Double(results[0].0[index]) - wanted) < 1e-4)
            }
        }
        for (kernels, result) in zip(Kernels.available, results) {
            #expect(numbers(result.0) == numbers(results[0].0), "\(kernels.name)")
            #expect(result.1 == results[0].1, "\(kernels.name)")
        }
    }

    @Test(
        "Attention is that of plain arithmetic within a few hundredths, alike in every set and for every split of rows",
        arguments: [1, 2, 15, 16, 31, 49, 63, 64, 100, 255, 320])
    func attentionAttends(rows: Int) {
        var random = SplitMix64(seed: UInt64(rows))
        let heads = 3
        let width = heads * Int(KERNEL_HEAD)
        // A head in which one key draws everything, though its value is small: what a trained model's [SEP] does.
        let qkv = (0..<(rows * 3 * width)).map { at in
            let (row, column) = (at / (3 * width), at % (3 * width))
            if column / 32 == 1 { return Float(1.5) }
            if column / 32 == 1 + heads, row == rows / 2 { return Float(1.2) }
            return normal(&random) * (row == rows / 2 && column / 32 == 1 + 2 * heads ? 0.01 : 1)
        }
        var results: [Buffer<Float>] = []
        for kernels in Kernels.available {
            for block in [rows, 16, 48] {
                let (room, out) = (Buffer<UInt8>(kernel_room(Int32(rows), Int32(heads))), Buffer<Float>(rows * width))
                let scores = Buffer<Float>(min(block, rows) * Linear.rounded(rows, to: Int(KERNEL_LANES)))
                for b in room.base..<(room.base + room.count) { b.pointee = 0xA5 }  // of the window before
                let blocks = stride(from: 0, to: rows, by: block).map { ($0, min(block, rows - $0)) }
                for (first, count) in blocks {
                    qkv.withUnsafeBufferPointer { qkv in
                        guard let base = qkv.baseAddress else { return }
                        kernels.functions.pointee.split(
                            base + first * 3 * width, Int32(first), Int32(count), Int32(rows), Int32(heads), room.base)
                    }
                }
                for (first, count) in blocks {
                    kernels.functions.pointee.attend(
                        Int32(first), Int32(count), Int32(rows), Int32(heads), room.base, scores.base,
                        out.base + first * width)
                }
                results.append(out)
            }
        }
        #expect(results.allSatisfy { numbers($0) == numbers(results[0]) })
        let wanted = attention(qkv, rows: rows, heads: heads)
        let apart = zip(numbers(results[0]), wanted).map { Double($0) - $1 }
        #expect(apart.map(abs).max() ?? 1 < 0.05)
    }

    @Test("Products of floating-point rows are alike in every set")
    func dotsAgree() {
        var random = SplitMix64(seed: 9)
        let (width, stride, count) = (128, 144, 37)
        let x: [Float] = (0..<width).map { _ in normal(&random) }
        let rows: [Float] = (0..<(stride * count)).map { _ in normal(&random) }
        let results = Kernels.available.map { kernels in
            var out = [Float](repeating: 0, count: count)
            kernels.dots(x, rows, stride: stride, count, width, &out)
            return out
        }
        for (row, found) in results[0].enumerated() {
            let wanted = (0..<width).reduce(0.0) { $0 + Double(x[$1]) * Double(rows[row * stride + $1]) }
            #expect(abs(Double(found) - wanted) < 1e-4)
        }
        #expect(results.allSatisfy { $0 == results[0] })
    }

    @Test("The whole reader computes the same bits with every set")
    func readersAgree() throws {
        let text = Array(
            "“We won’t go,” Ann Lee, the mayor, said.\nShe added that the 12 talks failed on May 3.".unicodeScalars)
        var results: [[Float]] = []
        for kernels in Kernels.available {
            let tagger = try Tagger(kernels)
            let pieces = tagger.wordPiece.pieces(of: text)
            let work = Workspace(tagger.encoder)
            let window = EncodedWindow(
                pieces[...], PieceFeatures.of(pieces, in: text)[...], of: text, tagger.encoder, work)
            let arrows = tagger.heads.cue.arrows(work.input, rows: window.rows)
            results.append(
                (0..<(window.rows * tagger.encoder.width)).map { work.encoded[$0] }
                    + (0..<window.rows).map { arrows.score($0, 3) })
        }
        for (kernels, result) in zip(Kernels.available, results) { #expect(result == results[0], "\(kernels.name)") }
    }

    /// Self-attention in double precision.
    private func attention(_ qkv: [Float], rows: Int, heads: Int) -> [Double] {
        let width = heads * 32
        func number(_ row: Int, _ part: Int, _ head: Int, _ d: Int) -> Double {
            Double(qkv[row * 3 * width + part * width + head * 32 + d])
        }
        var out = [Double](repeating: 0, count: rows * width)
        for head in 0..<heads {
            for row in 0..<rows {
                let scores = (0..<rows).map { key in
                    (0..<32).reduce(0) { $0 + number(row, 0, head, $1) * number(key, 1, head, $1) } / 32.0.squareRoot()
                }
                let most = scores.max() ?? 0
                let shares = scores.map { exp($0 - most) }
                let total = shares.reduce(0, +)
                for d in 0..<32 {
                    out[row * width + head * 32 + d] =
                        (0..<rows).reduce(0) { $0 + shares[$1] / total * number($1, 2, head, d) }
                }
            }
        }
        return out
    }

    private func normal(_ random: inout SplitMix64) -> Float {
        (0..<12).reduce(-6) { sum, _ in sum + Float.random(in: 0...1, using: &random) }
    }

    private func numbers(_ buffer: Buffer<Float>) -> [Float] { (0..<buffer.count).map { buffer[$0] } }
}

extension Quantised {
    fileprivate static func == (a: Quantised, b: Quantised) -> Bool {
        (0..<a.numbers.count).map { a.numbers[$0] } == (0..<b.numbers.count).map { b.numbers[$0] }
            && (0..<a.scales.count).map { a.scales[$0] } == (0..<b.scales.count).map { b.scales[$0] }
    }
}
