import Foundation
public enum ExtractionPipeline {
  public struct Outcome: Sendable { public enum Result: Sendable { case imported(ImportedPhoto, features: [Float]?), refused(RefusedPhoto) }
    public let index: Int; public let result: Result }
  public static func run(_ sources: [PhotoSource], extractor: FeatureExtractor?, workers: Int = 2) -> AsyncStream<[Outcome]> { fatalError() }
  static func extract(copies: [(String, Data)], extractor: FeatureExtractor) -> [String: [Float]] { fatalError() }
}
