// "Test the connection": one small question with a small made-up picture, and in words what is wrong. Nothing of any
// project goes along. Main actor between the steps.

import Foundation

/// How a test of the settings went.
public struct ConnectionReport: Sendable, Equatable {
  public enum Finding: Sendable, Equatable {
    /// Answers, and looks at pictures.
    case works
    /// Answers, and does not look at pictures: it will get the names and numbers alone.
    case worksWithoutPictures
    /// There is no address.
    case offline
    /// A policy forbids it; why, as a sentence.
    case forbidden(String)
    /// It does not answer as a chat server does.
    case failed(ReplyError)
  }

  public let finding: Finding
  /// The computer that was asked, where one was.
  public let host: String?

  public var isUsable: Bool { finding == .works || finding == .worksWithoutPictures }

  /// One sentence with what to do next.
  public var sentence: String {
    let host = host ?? ""
    return switch finding {
    case .works: L("All is well: {host} answers and can look at photos.", ["host": host])
    case .worksWithoutPictures:
      L("{host} answers, but it cannot look at photos: it will get the names and numbers alone. "
        + "Choose another model if you want it to see them.", ["host": host])
    case .offline: L("There is no address, so there is nothing to test: the app stays offline.")
    case .forbidden(let reason): reason
    case .failed(.notJSON), .failed(.movedElsewhere), .failed(.emptyReply):
      L("{host} answers, but not as a chat server does. Please check the address; it often ends with /v1.",
        ["host": host])
    case .failed(let error): error.message
    }
  }
}

extension Duet {
  /// Tries `settings`, which need not be the saved ones.
  ///
  /// - Parameter project: gets the lines of the ledger, where a project is open.
  public static func connectionReport(
    for settings: AssistantSettings, policy: AssistantPolicy = AssistantPolicy.current(),
    recordedIn project: (any AssistedProject)? = nil, makeNetwork: MakeNetwork = Duet.overHTTP
  ) async -> ConnectionReport {
    let allowed: AssistantSettings
    switch policy.permission(for: settings) {
    case .notConfigured: return ConnectionReport(finding: .offline, host: nil)
    case .forbidden(let reason): return ConnectionReport(finding: .forbidden(reason), host: nil)
    case .allowed(let settings): allowed = settings
    }
    let assistant: any NetworkAssistant
    do { assistant = try makeNetwork(allowed) } catch { return ConnectionReport(finding: .failed(error), host: nil) }
    let abilities = ServerAbilities()
    do {
      let test = ConnectionTest(assistant: assistant, model: allowed.model, abilities: abilities, project: project)
      _ = try await test.run()
      let isBlind = abilities.lacking.contains(.pictures)
      return ConnectionReport(finding: isBlind ? .worksWithoutPictures : .works, host: assistant.host)
    } catch {
      return ConnectionReport(finding: .failed(error), host: assistant.host)
    }
  }
}

/// The question of a test, asked as a turn asks its own: without what the server lacks, if it says so.
@MainActor private struct ConnectionTest {
  static let purpose = "test"
  private static let question = "This is a test of the connection. What colour is this picture? Answer with one word."
  /// Pixels.
  nonisolated private static let side = 32

  let assistant: any NetworkAssistant
  let model: String?
  let abilities: ServerAbilities
  let project: (any AssistedProject)?

  func run() async throws(ReplyError) -> NetworkReply {
    let picture = await OfflineAnswers.offMain { Self.picture() }
    while true {
      let request = request(picture)
      guard let body = try? request.encoded() else { throw .requestNotAccepted(status: 0) }
      do {
        try await project?.record(
          OutgoingRequest(
            host: assistant.host, isThisComputer: assistant.isThisComputer, bytes: body.count, photos: [],
            purpose: Self.purpose))
      } catch {
        throw .notRecorded
      }
      do {
        return try await assistant.reply(to: body) { _ in }
      } catch {
        guard let feature = request.features.blamed(for: error) else { throw error }
        abilities.lacking.formUnion(feature)
      }
    }
  }

  private func request(_ picture: Data?) -> ChatRequest {
    var parts = [ChatRequest.Part.text(Self.question)]
    if let picture, !abilities.lacking.contains(.pictures) { parts.append(.picture(picture)) }
    var request = ChatRequest(model: model, messages: [.init(.user, parts)])
    request.stream = abilities.lacking.contains(.streaming) ? nil : true
    return request
  }

  /// A plain green square.
  nonisolated private static func picture() -> Data? {
    let green: [UInt8] = [40, 160, 60]
    let pixels = Array(repeatElement(green, count: side * side).joined())
    return try? RGBImage(width: side, height: side, pixels: pixels).jpeg(quality: 80)
  }
}
