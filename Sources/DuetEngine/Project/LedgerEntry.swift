// The privacy ledger as values: what was sent where, when, with which photos, and what it was for. Any thread.
// A line is written before the first byte of its request and can never be changed (triggers of the table say so).

import Foundation

/// A photo in a request.
public struct SentPhoto: Sendable, Equatable, Hashable {
  /// SHA-256 of the project's copy, or of the picture that was attached to a message; in hex.
  public let contentHash: String
  /// JPEG bytes of a picture that is no photo of the project; nil: the project has its thumbnail already.
  public let thumbnail: Data?

  public init(contentHash: String, thumbnail: Data? = nil) {
    self.contentHash = contentHash
    self.thumbnail = thumbnail
  }
}

/// A request that is about to be sent.
public struct OutgoingRequest: Sendable, Equatable {
  public let host: String
  /// True: the server is on this computer, so that nothing leaves it.
  public let isThisComputer: Bool
  /// Of the request's body.
  public let bytes: Int
  /// A photo that is shown twice is here twice.
  public let photos: [SentPhoto]
  /// A ``ChatMessage/Purpose``, or another word for what the request was for.
  public let purpose: String

  public init(host: String, isThisComputer: Bool, bytes: Int, photos: [SentPhoto], purpose: String) {
    self.host = host
    self.isThisComputer = isThisComputer
    self.bytes = bytes
    self.photos = photos
    self.purpose = purpose
  }
}

/// One line of the ledger.
public struct LedgerEntry: Identifiable, Sendable, Equatable {
  public struct Photo: Sendable, Equatable {
    public let contentHash: String
    /// JPEG bytes; nil where the file has lost the picture.
    public let thumbnail: Data?
    /// What it is called in the project; nil: it was attached to a message.
    public let name: String?

    public init(contentHash: String, thumbnail: Data?, name: String?) {
      self.contentHash = contentHash
      self.thumbnail = thumbnail
      self.name = name
    }
  }

  public let id: Int64
  public let date: Date
  public let host: String
  public let isThisComputer: Bool
  public let bytes: Int
  /// How many photos the request showed; more than `photos` in lines of a version that kept the number alone.
  public let photoCount: Int
  /// In the order of the request.
  public let photos: [Photo]
  public let purpose: String

  public init(
    id: Int64, date: Date, host: String, isThisComputer: Bool, bytes: Int, photoCount: Int, photos: [Photo],
    purpose: String
  ) {
    self.id = id
    self.date = date
    self.host = host
    self.isThisComputer = isThisComputer
    self.bytes = bytes
    self.photoCount = photoCount
    self.photos = photos
    self.purpose = purpose
  }
}

/// The sums of a ledger.
public struct LedgerTotals: Sendable, Equatable {
  public var requests = 0
  public var bytes = 0
  public var photos = 0
  /// Of those, to a server on this computer.
  public var requestsToThisComputer = 0
  public var bytesToThisComputer = 0
  public var photosToThisComputer = 0

  public init() {}

  public init(_ entries: [LedgerEntry]) {
    for entry in entries {
      requests += 1
      bytes += entry.bytes
      photos += entry.photoCount
      guard entry.isThisComputer else { continue }
      requestsToThisComputer += 1
      bytesToThisComputer += entry.bytes
      photosToThisComputer += entry.photoCount
    }
  }

  /// What really left.
  public var photosThatLeft: Int { photos - photosToThisComputer }
  public var bytesThatLeft: Int { bytes - bytesToThisComputer }
}
