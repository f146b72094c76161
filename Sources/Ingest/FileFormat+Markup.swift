extension FileFormat {
    /// The format of markup in a file whose name does not tell, or says that it is a text: that of its first element, behind a byte
    /// order mark, declarations and comments; nil for anything else.
    init?(markup bytes: [UInt8]) {
        var rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        while true {
            rest = rest.drop { $0 <= 0x20 }
            guard rest.first == UInt8(ascii: "<") else { return nil }
            let end =
                rest.starts(with: "<!--".utf8)
                ? "-->" : rest.starts(with: "<?".utf8) ? "?>" : rest.starts(with: "<!".utf8) ? ">" : nil
            guard let end else { break }
            guard let found = rest.firstRange(of: Array(end.utf8)) else { return nil }
            rest = rest[found.upperBound...]
        }
        let name = rest.dropFirst().prefix(20).prefix {
            $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
        }
        switch String(decoding: name, as: UTF8.self).lowercased().split(separator: ":").last {
        case "html": self = .page
        case "nitf", "newsitem", "newsmessage", "rss", "rdf", "feed": self = .feed
        default: return nil
        }
    }
}
