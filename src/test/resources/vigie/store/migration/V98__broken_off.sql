-- A migration that ends in its middle, as where the process is killed or the disk is full.

ALTER TABLE note ADD COLUMN IF NOT EXISTS answer VARCHAR(255);
ALTER TABLE note ADD COLUMN answer VARCHAR(255);
