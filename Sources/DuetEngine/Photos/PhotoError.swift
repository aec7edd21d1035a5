// Why a photo is refused, in plain words, by its file's name. A value; any thread.

/// What can be wrong with a photo. Each case says which one and what its owner can do.
public enum PhotoError: Error, Sendable, Equatable {
  case empty(name: String)
  case unreadable(name: String)
  case directory(name: String)
  case fileTooBig(name: String, megabytes: Int)
  case notAPicture(name: String)
  case unsupportedFormat(name: String, format: String)
  case truncated(name: String)
  case damaged(name: String)
  case tooManyPixels(name: String, megapixels: Int)
  case notEncoded(name: String)

  public var message: String {
    switch self {
    case .empty(let name):
      L("“{name}” is empty: the file has no bytes. Copy the photo again.", ["name": name])
    case .unreadable(let name):
      L("“{name}” cannot be read. Check that it is still there and that you may open it.", ["name": name])
    case .directory(let name):
      L("“{name}” is a folder, not a photo. Add the photos inside it.", ["name": name])
    case .fileTooBig(let name, let megabytes):
      L("“{name}” is too big: {size} MB, and 256 MB is the most. Save it smaller and add it again.",
        ["name": name, "size": megabytes])
    case .notAPicture(let name):
      L("“{name}” is not a picture, whatever its name says. Choose a photo (JPEG, PNG, GIF, BMP, TIFF or WebP).",
        ["name": name])
    case .unsupportedFormat(let name, let format):
      L("“{name}” is a {format} picture, which cannot be opened here. Save it as JPEG or PNG and add that.",
        ["name": name, "format": format])
    case .truncated(let name):
      L("“{name}” is cut off: the end of the picture is missing. Copy the photo again.", ["name": name])
    case .damaged(let name):
      L("“{name}” is damaged and cannot be shown. Copy the photo again, or choose another one.", ["name": name])
    case .tooManyPixels(let name, let megapixels):
      L("“{name}” says that it has {count} megapixels; 200 is the most. Save it smaller and add it again.",
        ["name": name, "count": megapixels])
    case .notEncoded(let name):
      L("“{name}” could not be copied: there is not enough memory. Close other programs and add it again.",
        ["name": name])
    }
  }
}
