import Foundation
public final class FeatureExtractor: Sendable {
  public let id: ExtractorID
  /// Reads weights; throws ExtractorError naming what is wrong.
  public init(_ id: ExtractorID, weights: URL) throws { self.id = id; fatalError() }
  /// Features of a JPEG copy as made by `PhotoImporter` (decode, resize, crop, forward). 1,280 floats.
  public func features(ofCopy copy: Data, name: String) throws -> [Float] { fatalError() }
  /// Features of one exact 224x224x3 RGB crop.
  public func features(ofCrop crop: [UInt8]) throws -> [Float] { fatalError() }
}
public enum ExtractorError: Error, Sendable, Equatable {
  case notInstalled(ExtractorID)
  public var message: String { fatalError() }
}
/// Where weights live: `$DUETML_EXTRACTORS`, `$XDG_DATA_HOME/duetml/extractors`, `/usr/share/duetml/extractors`.
public enum ExtractorStore {
  public static func weights(_ id: ExtractorID) -> URL? { fatalError() }
  public static func load(_ id: ExtractorID) throws -> FeatureExtractor { fatalError() }
}
