// RGB to JPEG, and JPEG to the same JPEG without what it says beside its pixels. Any thread but the main one.
// Every call has an encoder of its own; its buffers are released before it returns.

import CTurboJPEG
import Foundation

extension RGBImage {
  /// The picture as JPEG without any metadata, its colours at half the resolution (4:2:0), as cameras do it.
  /// The same picture and quality always give the same bytes.
  ///
  /// - Parameter quality: 1...100.
  /// - Throws: `PhotoError.notEncoded` where memory runs out or a side is above JPEG's 65,500 pixels.
  public func jpeg(quality: Int) throws -> Data {
    let problem = PhotoError.notEncoded(name: L("picture"))
    guard let encoder = tjInitCompress() else { throw problem }
    defer { tjDestroy(encoder) }
    // Room for the worst case, so that the encoder never moves what it has written; pages not used cost nothing.
    var room = tjBufSize(Int32(width), Int32(height), Int32(TJSAMP_420.rawValue))
    guard room < UInt(Int32.max), var buffer = tjAlloc(Int32(room)) else { throw problem }
    defer { tjFree(buffer) }
    var target: UnsafeMutablePointer<UInt8>? = buffer
    let status = tjCompress2(
      encoder, pixels, Int32(width), 0, Int32(height), Int32(TJPF_RGB.rawValue), &target, &room,
      Int32(TJSAMP_420.rawValue), Int32(min(100, max(1, quality))), TJFLAG_NOREALLOC)
    if let target { buffer = target }
    guard status == 0 else { throw problem }
    return Data(bytes: buffer, count: Int(room))
  }
}

enum JpegCopy {
  /// The same JPEG, coefficient by coefficient, with nothing beside its pixels: no Exif block, comment, profile,
  /// preview or film. It is stored in one scan, and decodes to exactly the pixels of the original.
  ///
  /// - Returns: nil where the original is not stored as cameras do, or is damaged: then it has to be decoded.
  static func withoutMetadata(_ bytes: UnsafeRawBufferPointer) -> Data? {
    guard let transformer = tjInitTransform() else { return nil }
    defer { tjDestroy(transformer) }
    let source = bytes.bindMemory(to: UInt8.self)
    guard let kind = JpegKind(transformer, bytes), kind.isPlain else { return nil }
    var transform = tjtransform()
    transform.op = Int32(TJXOP_NONE.rawValue)
    transform.options = TJXOPT_COPYNONE
    var target: UnsafeMutablePointer<UInt8>?
    var count: UInt = 0
    defer { tjFree(target) }
    let status = tjTransform(
      transformer, source.baseAddress, UInt(source.count), 1, &target, &count, &transform, TJFLAG_LIMITSCANS)
    guard status == 0, let target else { return nil }
    return Data(bytes: target, count: Int(count))
  }
}
