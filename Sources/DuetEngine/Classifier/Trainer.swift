import Foundation
public enum ClassifierKind: String, Sendable, Codable { case standard, paper }
public struct TrainedModel: Sendable, Equatable, Codable {
  public let kind: ClassifierKind
  public let categories: [CategoryID]
  public func encoded() throws -> Data { try JSONEncoder().encode(self) }
  public init(decoding data: Data) throws { self = try JSONDecoder().decode(Self.self, from: data) }
  public func predict(_ features: [Float]) -> Prediction { fatalError() }
}
public enum TrainingError: Error, Sendable, Equatable {
  case tooFewCategories
  public var message: String { fatalError() }
}
public enum Trainer {
  public static func train(_ set: TrainingSet, kind: ClassifierKind = .standard) throws -> TrainedModel { fatalError() }
}
