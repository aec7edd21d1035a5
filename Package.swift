// swift-tools-version: 6.0
// DuetML: one engine, one desktop app, one command line. The rooms are described in README.md.
import PackageDescription

let package = Package(
  name: "DuetML",
  products: [
    .executable(name: "duetml", targets: ["DuetGtk"]),
    .executable(name: "duet", targets: ["DuetCLI"]),
  ],
  targets: [
    // C libraries of the system, one module each.
    .systemLibrary(name: "CGtk", pkgConfig: "libadwaita-1", providers: [.apt(["libadwaita-1-dev"])]),
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CGdkPixbuf", pkgConfig: "gdk-pixbuf-2.0", providers: [.apt(["libgdk-pixbuf-2.0-dev"])]),
    .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CLcms", pkgConfig: "lcms2", providers: [.apt(["liblcms2-dev"])]),
    .systemLibrary(name: "CPangoCairo", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
    .systemLibrary(name: "CIntl"),

    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CSecret", pkgConfig: "libsecret-1", providers: [.apt(["libsecret-1-dev"])]),

    // C of our own, only where Swift cannot reach: varargs, macros, and the innermost loops.
    .target(name: "CCurlShim", dependencies: ["CCurl"]),
    .target(name: "CGtkShim", dependencies: ["CGtk"]),
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3"])]),

    .target(
      name: "DuetEngine",
      dependencies: [
        "CKernels", "COpenBLAS", "CSQLite", "CCurl", "CCurlShim", "CGdkPixbuf", "CTurboJPEG", "CLcms", "CPangoCairo",
        "CSecret", "CIntl",
      ]),
    .executableTarget(name: "DuetGtk", dependencies: ["DuetEngine", "CGtk", "CGtkShim"]),
    .executableTarget(name: "DuetCLI", dependencies: ["DuetEngine"]),

    .testTarget(
      name: "DuetEngineTests", dependencies: ["DuetEngine", "DuetCLI", "CKernels", "CLcms"], exclude: ["Fixtures"]),
    .testTarget(name: "DuetGtkTests", dependencies: ["DuetGtk", "DuetEngine", "CGtk", "CGtkShim"]),
  ],
  swiftLanguageModes: [.v6]
)
