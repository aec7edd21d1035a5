// What is under way in a workspace, as values. All of it is shown; none of it is in the file. Any thread.

import Foundation

/// Photos on their way into the project.
public struct ImportProgress: Sendable, Equatable {
  public let done: Int
  public let total: Int
}

public enum TrainingStatus: Sendable, Equatable {
  case idle
  /// Photos that were just added are still being looked at.
  case waitingForFeatures(remaining: Int)
  case training
  case finished(seconds: Double)
  /// Why there is no model, and what to do.
  case failed(String)
}

/// A sentence for the person that is not part of the conversation: a toast.
public struct Notice: Sendable, Equatable, Identifiable {
  public let id: UUID
  public let text: String
  /// One line a refused photo, with its reason; often empty.
  public let details: [String]
}

/// How a workspace gets the network for its project. Tests give their own.
struct ExtractorSource: Sendable {
  let load: @Sendable (ExtractorID) throws -> FeatureExtractor

  /// The networks that are installed on this computer.
  static let installed = ExtractorSource { try ExtractorStore.load($0) }
}
