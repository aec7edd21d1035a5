// The one download that the engine itself makes, and only when a person asks for it by name: torchvision's
// published MobileNetV2 checkpoint. libcurl on a Dispatch queue; cancelling the task ends the transfer.

import CCurl
import CCurlShim
import Foundation
import Synchronization

enum WeightsDownload {
  /// The eight digits in the published name are the start of the file's SHA-256.
  static let fileName = "mobilenet_v2-b0353104.pth"
  private static let hashStart = "b0353104"
  private static let address = "https://download.pytorch.org/models/\(fileName)"
  /// The file has 14 MB; more than this is something else.
  private static let sizeLimit = 64 << 20
  private static let connectSeconds = 15
  /// A transfer slower than 1,000 bytes a second for so long is given up.
  private static let stallSeconds = 30

  private static let queue = DispatchQueue(label: "duetml.extractor.download", qos: .userInitiated)

  /// Fetches the checkpoint into `target` and checks that it is the published one.
  @Sendable static func fetch(_ id: ExtractorID, to target: URL) async throws {
    try await fetch(id, from: address, to: target)
  }

  static func fetch(_ id: ExtractorID, from address: String, to target: URL) async throws {
    let transfer = Transfer()
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        queue.async {
          continuation.resume(
            with: Result {
              let bytes = try transfer.run(address, id: id)
              guard PhotoImporter.contentHash(bytes).hasPrefix(hashStart) else {
                throw ExtractorError.wrongDownload(id)
              }
              do { try bytes.write(to: target) } catch {
                throw ExtractorError.cannotWrite(folder: target.deletingLastPathComponent().path)
              }
            })
        }
      }
    } onCancel: {
      transfer.cancel()
    }
  }

  /// What arrived so far, and whether it is still wanted. libcurl calls back on the thread that runs the transfer.
  private final class Transfer: Sendable {
    private struct State {
      var bytes = Data()
      var cancelled = false
    }
    private let state = Mutex(State())

    func cancel() { state.withLock { $0.cancelled = true } }

    private func take(_ chunk: UnsafeBufferPointer<UInt8>) -> Bool {
      state.withLock { state in
        guard !state.cancelled, state.bytes.count + chunk.count <= WeightsDownload.sizeLimit else { return false }
        state.bytes.append(chunk)
        return true
      }
    }

    private var isCancelled: Bool { state.withLock { $0.cancelled } }

    func run(_ address: String, id: ExtractorID) throws -> Data {
      guard let handle = curl_easy_init() else {
        throw ExtractorError.downloadFailed(id, detail: L("libcurl did not start"))
      }
      defer { curl_easy_cleanup(handle) }
      let this = Unmanaged.passUnretained(self).toOpaque()  // self outlives curl_easy_perform below
      let write: curl_write_callback = { chunk, size, count, this in
        guard let chunk, let this else { return 0 }
        let length = size * count
        let taken = chunk.withMemoryRebound(to: UInt8.self, capacity: length) {
          Unmanaged<Transfer>.fromOpaque(this).takeUnretainedValue().take(.init(start: $0, count: length))
        }
        return taken ? length : 0
      }
      let progress: curl_xferinfo_callback = { this, _, _, _, _ in
        this.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue().isCancelled } == true ? 1 : 0
      }
      ccurl_set_string(handle, CURLOPT_URL, address)
      ccurl_set_string(handle, CURLOPT_PROTOCOLS_STR, "https")
      ccurl_set_long(handle, CURLOPT_FAILONERROR, 1)
      ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
      ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT, WeightsDownload.connectSeconds)
      ccurl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1000)
      ccurl_set_long(handle, CURLOPT_LOW_SPEED_TIME, WeightsDownload.stallSeconds)
      ccurl_set_long(handle, CURLOPT_NOPROGRESS, 0)
      ccurl_set_write_function(handle, write)
      ccurl_set_pointer(handle, CURLOPT_WRITEDATA, this)
      ccurl_set_progress_function(handle, progress)
      ccurl_set_pointer(handle, CURLOPT_XFERINFODATA, this)
      let code = withExtendedLifetime(self) { curl_easy_perform(handle) }
      if isCancelled { throw CancellationError() }
      switch code {
      case CURLE_OK: return state.withLock { $0.bytes }
      case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT:
        throw ExtractorError.noNetwork(id)
      case CURLE_OPERATION_TIMEDOUT where state.withLock({ $0.bytes.isEmpty }):
        throw ExtractorError.noNetwork(id)  // nobody answered, as behind a firewall
      default:
        throw ExtractorError.downloadFailed(id, detail: String(cString: curl_easy_strerror(code)))
      }
    }
  }
}
