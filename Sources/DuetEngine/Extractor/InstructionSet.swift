// Which vector instructions the kernels use. Chosen once an extractor, at run time. A value; any thread.

import CKernels
import Foundation

/// The instruction sets that the kernels are compiled for. `portable` runs everywhere.
public enum InstructionSet: String, Sendable, CaseIterable {
  case portable
  case avx2
  case avx512

  var code: Int32 {
    switch self {
    case .portable: Int32(CK_PORTABLE)
    case .avx2: Int32(CK_AVX2)
    case .avx512: Int32(CK_AVX512)
    }
  }

  /// Floats in a vector.
  var lanes: Int { ck_lanes(code) }

  /// `channels` rounded up to whole vectors, as the wide maps inside a block have them.
  func padded(_ channels: Int) -> Int { (channels + lanes - 1) / lanes * lanes }

  /// Whether this processor has it.
  public var isSupported: Bool { ck_supported(code) == 1 }

  /// The sets that this processor has, slowest first.
  public static var available: [InstructionSet] { allCases.filter(\.isSupported) }

  /// The widest supported set, or the one named by the environment variable `DUETML_ISA` where the processor has it.
  public static var best: InstructionSet {
    if let name = ProcessInfo.processInfo.environment["DUETML_ISA"], let forced = InstructionSet(rawValue: name),
      forced.isSupported
    {
      return forced
    }
    return available.last ?? .portable
  }
}
