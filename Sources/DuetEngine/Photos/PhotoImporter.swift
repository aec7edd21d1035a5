import Foundation
public enum PhotoError: Error, Sendable, Equatable { 
  case placeholder(name: String)
  public var message: String { fatalError() }
}
public enum PhotoImporter {
  public static let copySide = 1024
  public static let thumbnailSide = 128
  public static func photoFiles(in folder: URL) -> [URL] { fatalError() }
  public static func load(_ source: PhotoSource) throws -> ImportedPhoto { fatalError() }
}
