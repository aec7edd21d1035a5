// The names of the frozen networks that turn a photo into features. A value; any thread.

/// A frozen ImageNet network up to its global average pool: 224 x 224 RGB in, 1,280 floats out.
public enum ExtractorID: String, Sendable, Codable, CaseIterable {
  case efficientNetLite0 = "efficientnet_lite0"
  case mobileNetV2 = "mobilenet_v2"

  public static let standard = ExtractorID.efficientNetLite0
  /// Length of a feature vector of either network.
  public static let dimension = 1280
}
