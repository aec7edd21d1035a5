// What can be wrong with a safetensors file, in words. A value; any thread.

/// Each case names the file and, where there is one, the tensor with the shape that was expected.
public enum SafeTensorsError: Error, Sendable, Equatable {
  case unreadable(file: String)
  case unwritable(file: String)
  case notSafeTensors(file: String)
  case truncated(file: String)
  case tensorTruncated(file: String, tensor: String, expected: [Int])
  case badOffsets(file: String, tensor: String, expected: [Int])
  case missing(file: String, tensor: String, expected: [Int])
  case wrongShape(file: String, tensor: String, expected: [Int], found: [Int])
  case wrongType(file: String, tensor: String, expected: String)
  case notFinite(file: String, tensor: String)

  /// What is wrong and what to do, as one or two sentences.
  public var message: String {
    switch self {
    case .unreadable(let file):
      L("“{file}” cannot be read. Check that it is there and that you may open it.", ["file": file])
    case .unwritable(let file):
      L("“{file}” cannot be written. Check that its folder is there and has free space.", ["file": file])
    case .notSafeTensors(let file):
      L("“{file}” is not a safetensors file. Give a .safetensors file, or convert one with script/convert-weights.",
        ["file": file])
    case .truncated(let file):
      L("“{file}” ends too early: a part of it is missing. Get the file again.", ["file": file])
    case .tensorTruncated(let file, let tensor, let expected):
      L("“{file}” ends before its tensor {tensor} of shape {shape} does. Get the file again.",
        ["file": file, "tensor": tensor, "shape": Self.text(expected)])
    case .badOffsets(let file, let tensor, let expected):
      L("“{file}” is damaged: the place of its tensor {tensor} does not fit its shape {shape}. Get the file again.",
        ["file": file, "tensor": tensor, "shape": Self.text(expected)])
    case .missing(let file, let tensor, let expected):
      L("“{file}” has no tensor {tensor} of shape {shape}. It belongs to another network: choose another file.",
        ["file": file, "tensor": tensor, "shape": Self.text(expected)])
    case .wrongShape(let file, let tensor, let expected, let found):
      L("In “{file}” the tensor {tensor} has the shape {found}, not {shape}. Choose the file of the right network.",
        ["file": file, "tensor": tensor, "found": Self.text(found), "shape": Self.text(expected)])
    case .wrongType(let file, let tensor, let expected):
      L("In “{file}” the tensor {tensor} is not of the number type {type}. Convert the file again.",
        ["file": file, "tensor": tensor, "type": expected])
    case .notFinite(let file, let tensor):
      L("In “{file}” the tensor {tensor} has values that are no numbers. Get the file again.",
        ["file": file, "tensor": tensor])
    }
  }

  private static func text(_ shape: [Int]) -> String {
    "[" + shape.map(String.init).joined(separator: ", ") + "]"
  }
}
