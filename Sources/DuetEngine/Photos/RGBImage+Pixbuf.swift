// From gdk-pixbuf's pictures to ours: laying over white, shrinking, turning. Any thread.
// Reads the pixbuf while it runs, keeps nothing of it.

import CGdkPixbuf
import CKernels
import Foundation

extension RGBImage {
  /// Rows that are laid over white at a time while a big picture is shrunk.
  private static let stripRows = 64

  /// A copy of a pixbuf over white, its longer side at most `maxSide`.
  init(pixbuf: OpaquePointer, name: String, maxSide: Int?) throws {
    let width = Int(gdk_pixbuf_get_width(pixbuf))
    let height = Int(gdk_pixbuf_get_height(pixbuf))
    let channels = Int(gdk_pixbuf_get_n_channels(pixbuf))
    let stride = Int(gdk_pixbuf_get_rowstride(pixbuf))
    guard width > 0, height > 0, channels == 3 || channels == 4, gdk_pixbuf_get_bits_per_sample(pixbuf) == 8,
      stride >= width * channels, let pixels = gdk_pixbuf_read_pixels(pixbuf)
    else { throw PhotoError.damaged(name: name) }
    let size = Self.size(width, height, within: maxSide)
    guard size != (width, height) else {
      let copy = [UInt8](unsafeUninitializedCapacity: width * height * 3) { output, written in
        ck_over_white(pixels, stride, channels, width, height, output.baseAddress)
        written = width * height * 3
      }
      self.init(width: width, height: height, pixels: copy)
      return
    }
    let plan = Resampling(
      across: ResamplingWeights(source: width, resized: size.0, targets: 0..<size.0, filter: .bicubic),
      down: ResamplingWeights(source: height, resized: size.1, targets: 0..<size.1, filter: .bicubic))
    var strip = [UInt8](repeating: 0, count: Self.stripRows * width * 3)
    self = plan.run(sourceWidth: width, stripRows: Self.stripRows) { rows, use in
      strip.withUnsafeMutableBufferPointer { strip in
        guard let base = strip.baseAddress else { return }
        ck_over_white(pixels + rows.lowerBound * stride, stride, channels, width, rows.count, base)
        use(base)
      }
    }
  }

  /// The size with the longer side at most `maxSide` and the same proportions; never larger.
  static func size(_ width: Int, _ height: Int, within maxSide: Int?) -> (Int, Int) {
    let longer = max(width, height)
    guard let maxSide, longer > maxSide else { return (width, height) }
    func scaled(_ side: Int) -> Int { max(1, (side * maxSide + longer / 2) / longer) }
    return (scaled(width), scaled(height))
  }

  /// The picture as it should be seen.
  func turned(_ orientation: ExifOrientation) -> RGBImage {
    guard orientation != .upright else { return self }
    let swaps = orientation.rawValue >= ExifOrientation.transposed.rawValue
    let result = [UInt8](unsafeUninitializedCapacity: pixels.count) { output, written in
      ck_orient(pixels, width, height, Int32(orientation.rawValue), output.baseAddress)
      written = pixels.count
    }
    return RGBImage(width: swaps ? height : width, height: swaps ? width : height, pixels: result)
  }
}
