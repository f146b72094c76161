import ZeroMQ

/// What a program is told about keys on its command line.
public struct SecurityOptions: Sendable {
    /// The file of this program's own key pair.
    public var key: String?
    /// The file that says who may do what here.
    public var allow: String?
    /// The files of the public keys of those that it connects to.
    public var serverKeys: [String] = []
    /// Whether it may be reached from other machines without encryption.
    public var insecure = false

    /// The file of the public key of the one server that it connects to.
    public var serverKey: String? {
        get { serverKeys.first }
        set { serverKeys = newValue.map { [$0] } ?? [] }
    }

    /// No keys, no list.
    public init() {}

    /// Finds what is wrong with these options for a service.
    ///
    /// - Parameters:
    ///   - binds: The endpoints that it binds, by the name of their option.
    ///   - servers: How many servers it connects to.
    /// - Returns: A line for the user, or nil.
    public func mistake(binding binds: [(option: String, endpoint: String)], servers: Int) -> String? {
        if key == nil, allow != nil { return "--allow needs --key: make one with onrecord keygen" }
        if key != nil, allow == nil, !binds.isEmpty {
            return "--key needs --allow, a file that lists who may connect"
        }
        if let mistake = mistake(servers: servers) { return mistake }
        var taken: [Endpoint: String] = [:]
        for (option, text) in binds {
            do {
                let endpoint = try Endpoint(text)
                if let other = taken.updateValue(option, forKey: endpoint), !text.hasSuffix("*") {
                    return "--\(option) \(text) is the endpoint of --\(other), too"
                }
                guard !endpoint.isLocal, key == nil, !insecure else { continue }
                return "--\(option) \(text) is open to other machines, unencrypted: add --key and --allow, or "
                    + "--insecure if everybody on that network may read, and work"
            } catch {
                return "--\(option): \(error)"
            }
        }
        return nil
    }

    /// Finds what is wrong with endpoints that are connected to, by their options.
    ///
    /// - Returns: A line for the user, or nil.
    public static func mistake(connecting endpoints: [(option: String, endpoint: String)]) -> String? {
        for (option, text) in endpoints {
            do { _ = try Endpoint(text) } catch { return "--\(option): \(error)" }
        }
        return nil
    }

    /// Finds what is wrong with these options for whoever connects to `servers`.
    ///
    /// - Parameter servers: How many servers it connects to.
    /// - Returns: A line for the user, or nil.
    public func mistake(servers: Int) -> String? {
        if !serverKeys.isEmpty, key == nil { return "--server-key needs --key: make one with onrecord keygen" }
        if serverKeys.count > 1, serverKeys.count != servers {
            return "--server-key is given once for all servers, or once for each: \(serverKeys.count) for \(servers)"
        }
        return nil
    }
}
