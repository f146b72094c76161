import Testing
import ZeroMQ

@Suite struct CurveKeysTests {
    @Test func `a generated pair is one, and no two are the same`() throws {
        let keys = try CurveKeys.generate()
        #expect(CurveKeys.isKey(keys.publicKey))
        #expect(try CurveKeys.publicKey(ofSecret: keys.secretKey) == keys.publicKey)
        #expect(try CurveKeys(publicKey: keys.publicKey, secretKey: keys.secretKey) == keys)
        #expect(try CurveKeys.generate() != keys)
    }

    // The key pair printed in the CURVE pages of libzmq's manual.
    @Test func `a known secret key has the known public key`() throws {
        let publicKey = try CurveKeys.publicKey(ofSecret: "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs")
        #expect(publicKey == "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID")
    }

    @Test(arguments: ["", "short", String(repeating: "~", count: 40), String(repeating: "0", count: 45), "é"])
    func `a malformed key is refused and not repeated`(key: String) throws {
        #expect(!CurveKeys.isKey(key))
        let publicKey = try CurveKeys.generate().publicKey
        let error = try #require(zeroMQError { _ = try CurveKeys(publicKey: publicKey, secretKey: key) })
        #expect(error.code == .invalid)
        #expect(key.isEmpty || !error.description.contains(key))
    }

    @Test func `keys that do not belong together are refused`() throws {
        let (one, other) = (try CurveKeys.generate(), try CurveKeys.generate())
        let error = zeroMQError { _ = try CurveKeys(publicKey: one.publicKey, secretKey: other.secretKey) }
        #expect(error?.code == .invalid)
    }

    @Test func `no way of printing shows the secret key`() throws {
        let keys = try CurveKeys.generate()
        var dumped = ""
        dump(keys, to: &dumped)
        for text in [keys.description, keys.debugDescription, "\(keys)", "\([keys])", dumped] {
            #expect(text.contains(keys.publicKey))
            #expect(!text.contains(keys.secretKey))
        }
        let option = SocketOption.curveServer(keys)
        var dumpedOption = ""
        dump(option, to: &dumpedOption)
        #expect(!"\(option)".contains(keys.secretKey))
        #expect(!dumpedOption.contains(keys.secretKey))
    }
}
