-- The pictures inside a photo, such as the tiles of a screenshot: each is a row of photos too, so that it is
-- found like one, and goes when its photo goes. It has no file and no sightings of its own.

ALTER TABLE photos ADD COLUMN parent_id INTEGER REFERENCES photos (id) ON DELETE CASCADE;
ALTER TABLE photos ADD COLUMN panel TEXT;  -- left,top,width,height,shape in pixels of the photo

CREATE INDEX photos_by_parent ON photos (parent_id) WHERE parent_id IS NOT NULL;
DROP INDEX photos_by_hash;
CREATE UNIQUE INDEX photos_by_hash ON photos (ifnull(pdq, ''), ifnull(phash, ''))
WHERE sha256 IS NULL AND parent_id IS NULL;
