// Where tests find the reference data that is not part of the project, and the weights. Values; any thread.

import Foundation

@testable import DuetEngine

/// Photos, models and values computed by PyTorch, in `$DUETML_SHARED` or `../shared` beside the package.
enum ReferenceData {
  static let directory: URL = {
    if let path = ProcessInfo.processInfo.environment["DUETML_SHARED"] { return URL(fileURLWithPath: path) }
    return packageRoot.deletingLastPathComponent().appendingPathComponent("shared")
  }()

  static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func url(_ path: String) -> URL { directory.appendingPathComponent(path) }
  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url(path).path) }

  static let features = "reference/features.safetensors"
  static let mobileNet = "models/mobilenet_v2_dequantised.safetensors"
  static let hasFeatures = exists(features)
  static let hasMobileNet = exists(features) && exists(mobileNet)
  static let hasLite0 = exists(features) && ExtractorStore.weights(.efficientNetLite0) != nil
}
