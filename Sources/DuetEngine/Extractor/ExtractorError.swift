// What can be wrong with an extractor, in words, with the next step. A value; any thread.

/// Loading, installing and running extractors.
public enum ExtractorError: Error, Sendable, Equatable {
  case notInstalled(ExtractorID)
  case badWeights(ExtractorID, SafeTensorsError)
  case wrongCrop(count: Int)
  case unknownFile(name: String)
  case unreadable(name: String)
  case noConverter(name: String)
  case conversionFailed(name: String, detail: String)
  case noNetwork(ExtractorID)
  case downloadFailed(ExtractorID, detail: String)
  case wrongDownload(ExtractorID)
  case cannotWrite(folder: String)

  public var message: String {
    switch self {
    case .notInstalled(.efficientNetLite0):
      L("The network that looks at photos (efficientnet_lite0) is not installed. Run script/bootstrap once.")
    case .notInstalled(let id):
      L("The network {id} is not installed. Run: duet extractor install {id}", ["id": id.rawValue])
    case .badWeights(let id, let error):
      L("The network {id} cannot be used. {reason}", ["id": id.rawValue, "reason": error.message])
    case .wrongCrop(let count):
      L("A crop has 224 x 224 x 3 bytes, not {count}. Give crops of that size.", ["count": count])
    case .unknownFile(let name):
      L("“{name}” is neither a .safetensors nor a .pth file. Give one of these.", ["name": name])
    case .unreadable(let name):
      L("“{name}” cannot be read. Check that it is there and that you may open it.", ["name": name])
    case .noConverter(let name):
      L("“{name}” must be converted with script/convert-weights, which is not here. Give a .safetensors file.",
        ["name": name])
    case .conversionFailed(let name, let detail):
      L("“{name}” could not be converted: {detail} Check that it is the weights file of this network.",
        ["name": name, "detail": detail])
    case .noNetwork(let id):
      L("The network {id} could not be downloaded: there is no connection. Connect, or give the file with --from.",
        ["id": id.rawValue])
    case .downloadFailed(let id, let detail):
      L("The download of {id} failed: {detail}. Try again later, or give the file with --from.",
        ["id": id.rawValue, "detail": detail])
    case .wrongDownload(let id):
      L("The downloaded {id} is not the published file and was not installed. Try again, or give the file with --from.",
        ["id": id.rawValue])
    case .cannotWrite(let folder):
      L("Nothing can be written to “{folder}”. Check that you may write there and that the disk is not full.",
        ["folder": folder])
    }
  }
}
