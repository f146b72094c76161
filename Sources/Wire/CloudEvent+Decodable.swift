extension CloudEvent: Decodable {
    /// Reads an event; attributes that are not known are ignored.
    ///
    /// - Throws: `bad-event` for another version of CloudEvents, a payload that is not JSON, or an empty attribute that
    ///   must not be, else a `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        specversion = try container.decode(String.self, forKey: .specversion)
        guard specversion == "1.0" else {
            throw WireError(
                400, "bad-event", "an event of CloudEvents \(specversion.clipped(to: 20)), where 1.0 is understood")
        }
        datacontenttype = try container.decodeIfPresent(String.self, forKey: .datacontenttype) ?? "application/json"
        guard datacontenttype.hasPrefix("application/json") else {
            throw WireError(400, "bad-event", "an event whose data is not application/json")
        }
        id = try container.decode(String.self, forKey: .id)
        source = try container.decode(String.self, forKey: .source)
        type = try container.decode(String.self, forKey: .type)
        time = try container.decode(String.self, forKey: .time)
        guard !id.isEmpty, !source.isEmpty, !type.isEmpty else {
            throw WireError(400, "bad-event", "an event with an empty id, source or type")
        }
        subject = try container.decodeIfPresent(String.self, forKey: .subject)
        dataschema = try container.decodeIfPresent(String.self, forKey: .dataschema)
        partitionkey = try container.decodeIfPresent(String.self, forKey: .partitionkey)
        traceparent = try container.decodeIfPresent(String.self, forKey: .traceparent)
        causationid = try container.decodeIfPresent(String.self, forKey: .causationid)
        causationnumber = try container.decodeIfPresent(String.self, forKey: .causationnumber)
        supersedes = try container.decodeIfPresent(String.self, forKey: .supersedes)
        supersededby = try container.decodeIfPresent(String.self, forKey: .supersededby)
        erased = try container.decodeIfPresent(String.self, forKey: .erased)
        data = try container.decode(Payload.self, forKey: .data)
    }

    enum CodingKeys: String, CodingKey {
        case specversion, id, source, type, time, subject, datacontenttype, dataschema, partitionkey, traceparent
        case causationid, causationnumber, supersedes, supersededby, erased, data
    }
}
