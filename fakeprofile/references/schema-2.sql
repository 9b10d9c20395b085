-- What the index beside the library rests on.
-- A stamp stands for the hashes of a photo as they are: it is given when the photo comes in, and a new,
-- larger one whenever its hashes change. No stamp is ever given twice.

CREATE TABLE stamps (
    stamp INTEGER PRIMARY KEY AUTOINCREMENT,
    photo_id INTEGER NOT NULL UNIQUE
);
INSERT INTO stamps (photo_id) SELECT id FROM photos ORDER BY id;

-- Stamps that no photo has any more, as long as a segment may still hold them.
CREATE TABLE graves (stamp INTEGER PRIMARY KEY);

CREATE TRIGGER photos_stamped AFTER INSERT ON photos BEGIN
    INSERT INTO stamps (photo_id) VALUES (NEW.id);
END;
CREATE TRIGGER photos_stamped_again
AFTER UPDATE OF width, height, phash, pdq, keypoint_algorithm, points, codes ON photos BEGIN
    DELETE FROM stamps WHERE photo_id = OLD.id;
    INSERT INTO stamps (photo_id) VALUES (NEW.id);
END;
CREATE TRIGGER photos_unstamped AFTER DELETE ON photos BEGIN
    DELETE FROM stamps WHERE photo_id = OLD.id;
END;
CREATE TRIGGER stamps_buried AFTER DELETE ON stamps BEGIN
    INSERT OR IGNORE INTO graves VALUES (OLD.stamp);
END;

-- The files of the index that count: each holds every photo whose stamp lies between two numbers.
CREATE TABLE segments (
    name TEXT PRIMARY KEY,
    algorithm TEXT NOT NULL,       -- of the keypoints and of the centroids
    first_stamp INTEGER NOT NULL,
    last_stamp INTEGER NOT NULL,
    photos INTEGER NOT NULL,
    codes INTEGER NOT NULL,
    digest TEXT NOT NULL           -- of the header of the file, which holds the checksums of the rest
);

-- Which library it is, so that the index of another one is not taken for its own.
CREATE TABLE library (id TEXT NOT NULL);
INSERT INTO library VALUES (lower(hex(randomblob(16))));
