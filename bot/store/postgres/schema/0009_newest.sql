-- Which update set what of a person's settings lately: bots that share a database handle them in any order.

ALTER TABLE subscriber ADD COLUMN set_by text NOT NULL DEFAULT '{}';
