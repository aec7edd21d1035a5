// The form of a `.duet` file: its mark, and the migrations that lead from an empty file to today's tables.
// Migrations are append-only: once released, one is never edited, only followed by another.
// Rules that always hold live in SQL, so that no program can break them.

enum ProjectSchema {
  /// "Duet" in ASCII: what `file` and DuetML know a project by.
  static let applicationID: Int64 = 0x4475_6574

  struct Migration {
    let name: String
    let sql: String
  }

  /// `PRAGMA user_version` of a file is the number of migrations it has been through.
  static let migrations: [Migration] = [
    Migration(name: "first tables", sql: firstTables),
    Migration(name: "answers to the checks", sql: answersToChecks),
    Migration(name: "revised conversations", sql: revisedConversations),
    Migration(name: "proposals of the assistants", sql: proposals),
    Migration(name: "photos in the ledger", sql: photosInLedger),
    Migration(name: "counterfactuals of photos", sql: counterfactuals),
  ]

  /// Lines that stand for earlier ones, and what only some lines have.
  private static let revisedConversations = """
    ALTER TABLE message ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0 CHECK (superseded IN (0, 1));
    -- JSON; null: nothing
    ALTER TABLE message ADD COLUMN extras TEXT;
    -- the sequence number at which it is shown; null: its own
    ALTER TABLE message ADD COLUMN place INTEGER;
    """

  /// What assistants suggested and what the person answered.
  private static let proposals = """
    CREATE TABLE proposal (
      id TEXT PRIMARY KEY,
      sequence INTEGER NOT NULL UNIQUE,
      message_id TEXT NOT NULL REFERENCES message (id),
      change TEXT NOT NULL CHECK (length(change) <= 20000),
      -- what its categories were called at that time
      names TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'applied', 'dismissed'))
    ) STRICT;

    CREATE TABLE dismissed_advice (
      message_id TEXT PRIMARY KEY REFERENCES message (id),
      at REAL NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  /// Which photos a request showed, and whether it left the computer. Lines of before count as having left.
  private static let photosInLedger = """
    ALTER TABLE request ADD COLUMN
      is_this_computer INTEGER NOT NULL DEFAULT 0 CHECK (is_this_computer IN (0, 1));

    CREATE TABLE request_photo (
      request_id INTEGER NOT NULL REFERENCES request (id),
      position INTEGER NOT NULL CHECK (position >= 0),
      content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
      -- of a picture that was attached to a message; null: a photo of the project
      thumbnail BLOB,
      PRIMARY KEY (request_id, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER request_photo_is_never_edited BEFORE UPDATE ON request_photo
      BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
    CREATE TRIGGER request_photo_is_never_cut BEFORE DELETE ON request_photo
      BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
    """

  /// "What if ...?" about photos. As everywhere, `removed` hides what undo may want back.
  private static let counterfactuals = """
    CREATE TABLE counterfactual (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      photo_id INTEGER NOT NULL REFERENCES photo (id),
      change TEXT NOT NULL CHECK (change IN ('scene', 'erase', 'blur', 'ignore')),
      -- the other end, where it was given a category
      labelled_photo_id INTEGER REFERENCES photo (id),
      -- what was painted over, as RegionMask writes it
      region BLOB,
      removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
      CHECK ((region IS NULL) = (change = 'scene')),
      CHECK (change <> 'ignore' OR labelled_photo_id IS NULL),
      CHECK (labelled_photo_id IS NULL OR labelled_photo_id <> photo_id)
    ) STRICT;
    CREATE INDEX counterfactual_by_photo ON counterfactual (photo_id, id);

    -- The pictures that are no photos by themselves: one for "I cannot say", several for "does not matter".
    CREATE TABLE counterfactual_picture (
      counterfactual_id INTEGER NOT NULL REFERENCES counterfactual (id),
      position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 31),
      content_hash TEXT NOT NULL REFERENCES picture (content_hash),
      PRIMARY KEY (counterfactual_id, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX counterfactual_picture_by_content ON counterfactual_picture (content_hash);
    """

  /// What the person said about findings, and the last score.
  private static let answersToChecks = """
    CREATE TABLE kept_copy (
      first_photo INTEGER NOT NULL REFERENCES photo (id),
      second_photo INTEGER NOT NULL REFERENCES photo (id),
      PRIMARY KEY (first_photo, second_photo),
      CHECK (first_photo < second_photo)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE confirmed_photo (
      photo_id INTEGER PRIMARY KEY REFERENCES photo (id),
      -- where it was when the person said so
      category_id INTEGER NOT NULL REFERENCES category (id)
    ) STRICT;

    CREATE TABLE score (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      fingerprint TEXT NOT NULL,
      result TEXT NOT NULL
    ) STRICT;
    """

  /// Nothing that a person put in is deleted: `removed` hides it, so that undo needs no copy.
  private static let firstTables = """
    CREATE TABLE setting (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE category (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL CHECK (length(name) <= 60),
      position INTEGER NOT NULL,
      removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
    ) STRICT;

    CREATE TABLE picture (
      content_hash TEXT PRIMARY KEY CHECK (length(content_hash) = 64),
      width INTEGER NOT NULL CHECK (width BETWEEN 1 AND 1024),
      height INTEGER NOT NULL CHECK (height BETWEEN 1 AND 1024),
      copy BLOB NOT NULL,
      thumbnail BLOB NOT NULL
    ) STRICT;

    CREATE TABLE photo (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      -- null: a test photo
      category_id INTEGER REFERENCES category (id),
      content_hash TEXT NOT NULL REFERENCES picture (content_hash),
      name TEXT NOT NULL,
      removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
    ) STRICT;
    CREATE INDEX photo_by_category ON photo (category_id, id);

    -- By content: the same picture is never extracted twice, wherever it appears.
    CREATE TABLE feature (
      content_hash TEXT NOT NULL,
      extractor TEXT NOT NULL,
      vector BLOB NOT NULL CHECK (length(vector) = 4 * 1280),
      PRIMARY KEY (content_hash, extractor)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE model (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      trained_at REAL NOT NULL,
      seconds REAL NOT NULL CHECK (seconds >= 0),
      photo_count INTEGER NOT NULL,
      -- digest of the photos by category that it was trained on
      fingerprint TEXT NOT NULL,
      extractor TEXT NOT NULL,
      -- row ids in the order of its labels, so that a snapshot need not decode the model
      categories TEXT NOT NULL,
      data BLOB NOT NULL
    ) STRICT;

    CREATE TABLE test (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      photo_id INTEGER NOT NULL REFERENCES photo (id),
      model_id INTEGER REFERENCES model (id),
      prediction TEXT,
      cleared INTEGER NOT NULL DEFAULT 0 CHECK (cleared IN (0, 1))
    ) STRICT;

    CREATE TABLE message (
      id TEXT PRIMARY KEY,
      sequence INTEGER NOT NULL UNIQUE,
      at REAL NOT NULL,
      author TEXT NOT NULL CHECK (author IN ('user', 'passive', 'active')),
      purpose TEXT NOT NULL,
      source TEXT,
      text TEXT NOT NULL
    ) STRICT;

    CREATE TABLE undo_step (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      step_group TEXT NOT NULL,
      title TEXT NOT NULL,
      backward TEXT NOT NULL,
      forward TEXT NOT NULL,
      undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
    ) STRICT;

    -- What the person did, for studies and for the active assistant. Append-only.
    CREATE TABLE log (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      at REAL NOT NULL,
      kind TEXT NOT NULL,
      detail TEXT NOT NULL,
      -- 1 where it changes what an assistant could have something to say about
      is_activity INTEGER NOT NULL CHECK (is_activity IN (0, 1))
    ) STRICT;
    CREATE TRIGGER log_is_never_edited BEFORE UPDATE ON log
      BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
    CREATE TRIGGER log_is_never_cut BEFORE DELETE ON log
      BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

    -- Every request to an assistant over the network, written before its first byte. Append-only.
    CREATE TABLE request (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at REAL NOT NULL,
      host TEXT NOT NULL,
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      photos INTEGER NOT NULL CHECK (photos >= 0),
      purpose TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER request_is_never_edited BEFORE UPDATE ON request
      BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
    CREATE TRIGGER request_is_never_cut BEFORE DELETE ON request
      BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
    """
}
