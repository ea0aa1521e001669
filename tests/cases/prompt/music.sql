-- A music store in the manner of the Chinook database: names with capitals, a reserved word, a join table.
CREATE TABLE Artist (
  ArtistId INTEGER PRIMARY KEY,
  Name     NVARCHAR(120)
);
CREATE TABLE Album (
  AlbumId  INTEGER PRIMARY KEY,
  Title    NVARCHAR(160) NOT NULL,
  ArtistId INTEGER NOT NULL REFERENCES Artist (ArtistId)
);
CREATE TABLE Genre (
  GenreId INTEGER PRIMARY KEY,
  Name    NVARCHAR(120)
);
CREATE TABLE Track (
  TrackId      INTEGER PRIMARY KEY,
  Name         NVARCHAR(200) NOT NULL,
  AlbumId      INTEGER REFERENCES Album (AlbumId),
  GenreId      INTEGER REFERENCES Genre (GenreId),
  Composer     NVARCHAR(220),
  Milliseconds INTEGER NOT NULL,
  UnitPrice    NUMERIC(10,2) NOT NULL
);
CREATE TABLE Playlist (
  PlaylistId INTEGER PRIMARY KEY,
  Name       NVARCHAR(120)
);
CREATE TABLE PlaylistTrack (
  PlaylistId INTEGER NOT NULL REFERENCES Playlist (PlaylistId),
  TrackId    INTEGER NOT NULL REFERENCES Track (TrackId),
  PRIMARY KEY (PlaylistId, TrackId)
);
CREATE TABLE "Order" (
  OrderId   INTEGER PRIMARY KEY,
  "Sold on" DATETIME NOT NULL,
  "group"   TEXT
);
CREATE TABLE OrderLine (
  OrderId  INTEGER NOT NULL REFERENCES "Order" (OrderId),
  Line     INTEGER NOT NULL,
  TrackId  INTEGER NOT NULL REFERENCES Track (TrackId),
  Quantity INTEGER NOT NULL,
  PRIMARY KEY (OrderId, Line)
);
CREATE VIEW SoldTrack AS SELECT Track.Name, sum(Quantity) AS Sold FROM Track JOIN OrderLine USING (TrackId) GROUP BY TrackId;
INSERT INTO Artist VALUES (1, 'Northern Lights'), (2, 'The Paper Boats'), (3, 'D''Arcy & Sons');
INSERT INTO Album VALUES (1, 'First Snow', 1), (2, 'Harbour Songs', 2), (3, 'Greatest Hits', 3);
INSERT INTO Genre VALUES (1, 'Rock'), (2, 'Jazz'), (3, 'Folk Rock');
INSERT INTO Track VALUES (1, 'Aurora', 1, 1, 'E. Lund', 251000, 0.99), (2, 'Low Tide', 2, 3, NULL, 198500, 0.99),
  (3, 'Rock the Boat', 2, 1, 'A. Quay', 222000, 1.29), (4, 'Blue Hour', 3, 2, 'J. D''Arcy', 305000, 1.29);
INSERT INTO Playlist VALUES (1, 'Morning'), (2, 'Rock');
INSERT INTO PlaylistTrack VALUES (1, 2), (1, 4), (2, 1), (2, 3);
INSERT INTO "Order" VALUES (1, '2024-01-05 10:00:00', 'walk-in'), (2, '2024-02-11 16:30:00', 'online');
INSERT INTO OrderLine VALUES (1, 1, 1, 1), (1, 2, 3, 2), (2, 1, 4, 1);
