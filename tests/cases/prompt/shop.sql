-- The demo shop's tables (libs/demo) with a few of its rows.
CREATE TABLE categories (
  category_id INTEGER PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE,
  description TEXT
);
CREATE TABLE suppliers ( -- companies that we buy products from
  supplier_id INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  city        TEXT,
  country     TEXT,
  email       TEXT
);
CREATE TABLE products (
  product_id    INTEGER PRIMARY KEY,
  name          TEXT NOT NULL,
  category_id   INTEGER NOT NULL REFERENCES categories (category_id),
  supplier_id   INTEGER REFERENCES suppliers (supplier_id),
  price         DECIMAL(10,2) NOT NULL, -- list price in euros, as of 2024
  cost          DECIMAL(10,2),          -- what we pay the supplier, in euros
  weight        INTEGER,                -- in grams
  introduced_on DATE NOT NULL,
  discontinued  BOOLEAN NOT NULL DEFAULT 0
);
CREATE TABLE stores ( -- shops, and the online shop
  store_id   INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  city       TEXT,                      -- empty for the online shop
  country    TEXT,
  opened_on  DATE NOT NULL,
  floor_area INTEGER                    -- in square metres
);
CREATE TABLE employees (
  employee_id INTEGER PRIMARY KEY,
  first_name  TEXT NOT NULL,
  last_name   TEXT NOT NULL,
  job_title   TEXT NOT NULL,
  store_id    INTEGER REFERENCES stores (store_id),       -- empty: head office
  manager_id  INTEGER REFERENCES employees (employee_id), -- the direct superior
  hired_on    DATE NOT NULL,
  salary      INTEGER NOT NULL,                           -- euros a year
  email       TEXT
);
CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY,
  first_name  TEXT NOT NULL,
  last_name   TEXT NOT NULL,
  gender      TEXT,
  email       TEXT,
  phone       TEXT,
  city        TEXT,
  country     TEXT,                     -- as the customer typed it
  birth_date  DATE,
  joined_on   DATE NOT NULL,            -- when the account was made
  newsletter  BOOLEAN NOT NULL          -- 1: receives the newsletter
);
CREATE TABLE orders ( -- one row per purchase, in a store or online
  order_id       INTEGER PRIMARY KEY,
  customer_id    INTEGER NOT NULL REFERENCES customers (customer_id),
  store_id       INTEGER NOT NULL REFERENCES stores (store_id),
  employee_id    INTEGER REFERENCES employees (employee_id), -- who sold it; empty online
  ordered_at     DATETIME NOT NULL,
  status         TEXT NOT NULL,         -- completed, shipped, pending or cancelled
  payment_method TEXT NOT NULL,
  shipped_on     DATE,                  -- online orders only
  shipping_cost  DECIMAL(10,2) NOT NULL,
  total          DECIMAL(10,2) NOT NULL -- revenue: what the customer paid, shipping included
);
CREATE TABLE order_lines ( -- the products of an order
  order_line_id    INTEGER PRIMARY KEY,
  order_id         INTEGER NOT NULL REFERENCES orders (order_id),
  product_id       INTEGER NOT NULL REFERENCES products (product_id),
  quantity         INTEGER NOT NULL,
  unit_price       DECIMAL(10,2) NOT NULL, -- on the day of the order
  discount_percent INTEGER NOT NULL,
  line_total       DECIMAL(10,2) NOT NULL  -- quantity * unit price, less the discount
);
CREATE TABLE returns ( -- products that customers sent or brought back
  return_id     INTEGER PRIMARY KEY,
  order_line_id INTEGER NOT NULL REFERENCES order_lines (order_line_id),
  returned_on   DATE NOT NULL,
  quantity      INTEGER NOT NULL,
  reason        TEXT,
  refund        DECIMAL(10,2) NOT NULL,
  restocked     BOOLEAN NOT NULL         -- 1: on the shelf again
);
INSERT INTO categories VALUES
  (1, 'Tents', 'Tents, tarps and what holds them'),
  (2, 'Backpacks', 'Backpacks and bags for a day or a month'),
  (3, 'Sleeping Bags', 'Sleeping bags, mats and pillows'),
  (4, 'Footwear', 'Boots, shoes, sandals and socks'),
  (5, 'Jackets', 'Against rain, wind and cold'),
  (6, 'Clothing', 'Trousers, shirts and layers'),
  (7, 'Bicycles', 'Bicycles, helmets and locks'),
  (8, 'Climbing', 'Ropes, harnesses and hardware'),
  (9, 'Camp Kitchen', 'Stoves, pots, bottles and boxes'),
  (10, 'Lighting', 'Lamps, lanterns and chargers'),
  (11, 'Navigation', 'GPS devices, compasses, binoculars'),
  (12, 'Water Sports', 'Kayaks, boards and dry bags'),
  (13, 'Winter Sports', 'Skis, snowshoes and sledges'),
  (14, 'Books & Maps', 'Guides, maps and handbooks');
INSERT INTO suppliers VALUES
  (1, 'Nordwand Outdoor GmbH', 'Munich', 'Germany', 'sales@nordwand.example'),
  (2, 'Fjellheim AB', 'Gothenburg', 'Sweden', 'order@fjellheim.example'),
  (3, 'Cascade Gear Ltd', 'Leeds', 'United Kingdom', 'trade@cascadegear.example'),
  (4, 'Dolomiti Sport S.r.l.', 'Bologna', 'Italy', 'ordini@dolomitisport.example');
INSERT INTO products VALUES
  (1, 'Lynx 1-Person Tent', 1, 20, 182, 92.82, 1442, '2018-11-08', 0),
  (61, 'Canyon Hip Bag', 2, 13, 21.95, 11.85, 224, '2020-06-27', 0),
  (121, 'Zephyr Winter Boots', 4, 12, 117, 66.69, 1485, '2020-12-18', 0),
  (181, 'Nimbus Merino Shirt', 6, 4, 71, 41.18, 162, '2020-06-03', 0),
  (241, 'Basalt Bike Lock', 7, 14, 76, 49.4, 999, '2023-09-06', 0),
  (301, 'Zephyr Thermos Flask', 9, 9, 35.95, 21.21, 399, '2019-03-04', 0),
  (361, 'Fjord GPS Watch', 11, 9, 418, 192.28, 59, '2022-05-08', 0),
  (421, 'Granite Ski Poles', 13, 13, 45.95, 21.13, 427, '2018-04-15', 0);
INSERT INTO stores VALUES
  (1, 'Berlin Mitte', 'Berlin', 'Germany', '2009-04-17', 1450),
  (2, 'Hamburg Harbour', 'Hamburg', 'Germany', '2012-09-01', 1100),
  (3, 'Munich Central', 'Munich', 'Germany', '2010-03-20', 1650),
  (4, 'Cologne', 'Cologne', 'Germany', '2016-10-08', 820),
  (5, 'Leipzig', 'Leipzig', 'Germany', '2023-05-06', 640),
  (6, 'Paris Rivoli', 'Paris', 'France', '2014-05-15', 1250),
  (7, 'Lyon', 'Lyon', 'France', '2017-02-25', 760),
  (8, 'Amsterdam', 'Amsterdam', 'Netherlands', '2013-06-07', 980),
  (9, 'Vienna', 'Vienna', 'Austria', '2011-11-12', 1020),
  (10, 'Innsbruck', 'Innsbruck', 'Austria', '2019-12-07', 540),
  (11, 'Zurich', 'Zurich', 'Switzerland', '2015-08-29', 890),
  (12, 'Milan', 'Milan', 'Italy', '2018-09-14', 870),
  (13, 'London Covent Garden', 'London', 'United Kingdom', '2016-04-02', 1180),
  (14, 'Copenhagen', 'Copenhagen', 'Denmark', '2020-09-19', 600),
  (15, 'Brussels', 'Brussels', 'Belgium', '2024-03-09', 580),
  (16, 'Online Shop', NULL, NULL, '2008-01-15', NULL);
INSERT INTO employees VALUES
  (1, 'Michael', 'Schneider', 'Managing Director', NULL, NULL, '2008-06-02', 145900, 'michael.schneider@shop.example'),
  (26, 'Marie', 'Vogel', 'Store Manager', 2, 2, '2012-07-31', 59700, 'marie.vogel@shop.example'),
  (51, 'Sabine', 'Braun', 'Sales Assistant', 3, 40, '2010-08-25', 28500, 'sabine.braun@shop.example'),
  (76, 'Matthias', 'Schröder', 'Cashier', 5, 69, '2023-07-21', 31000, 'matthias.schroeder@shop.example'),
  (101, 'Isabelle', 'Robert', 'Bicycle Mechanic', 7, 92, '2019-08-02', 34500, 'isabelle.robert@shop.example'),
  (126, 'Heike', 'Schmidt', 'Bicycle Mechanic', 9, 115, '2019-06-27', 37400, 'heike.schmidt@shop.example'),
  (151, 'Aurora', 'Bruno', 'Sales Assistant', 12, 145, '2022-03-23', 31300, 'aurora.bruno@shop.example'),
  (176, 'Isabelle', 'Bos', 'Store Manager', 15, 2, '2024-02-19', 64300, 'isabelle.bos@shop.example'),
  (201, 'Petra', 'Schmidt', 'Customer Service', 16, 182, '2024-05-24', 30300, 'petra.schmidt@shop.example');
INSERT INTO customers VALUES
  (1, 'Lukas', 'Richter', 'male', 'lukas.richter30@post.example.de', '+49 30 2579803', 'Berlin', 'Germany', '1978-06-24', '2018-01-01', 1),
  (1501, 'Dieter', 'Bauer', 'diverse', 'dieterbauer95@inbox.example.ch', NULL, 'Zurich', 'Switzerland', '1999-05-02', '2019-01-18', 0),
  (3001, 'Antoine', 'Rousseau', 'male', 'antoinerousseau22@mail.example.fr', NULL, 'Lyon', 'France', '1984-07-28', '2020-01-23', 1),
  (4501, 'Jules', 'Laurent', 'male', 'juleslaurent70@web.example.fr', NULL, 'Marseille', 'France', '1994-01-29', '2021-01-13', 1),
  (6001, 'Wolfgang', 'Klein', 'male', 'wolfgang.klein5@inbox.example.de', NULL, 'Bremen', 'Germany', '1977-11-17', '2022-01-02', 0),
  (7501, 'Lukas', 'Schulz', 'male', 'lukasschulz@web.example.at', '+43 512 3005271', 'Innsbruck', 'Austria', '1963-11-25', '2022-09-20', 1),
  (9001, 'Eva', 'de Groot', 'female', 'eva.degroot67@web.example.nl', '+31 30 4017604', 'Utrecht', 'Netherlands', NULL, '2023-06-29', 0),
  (10501, 'Ingrid', 'Nilsson', 'female', 'ingrid.nilsson11@inbox.example.dk', '+45 66 5141691', 'Odense', 'Denmark', NULL, '2024-03-24', 0);
INSERT INTO orders VALUES
  (14, 451, 16, NULL, '2022-01-01 14:03:00', 'cancelled', 'paypal', NULL, 0, 147.6),
  (60754, 5283, 16, NULL, '2024-12-25 05:30:00', 'shipped', 'paypal', '2024-12-25', 4.95, 21.9),
  (61400, 8170, 16, NULL, '2024-12-30 08:04:00', 'pending', 'card', NULL, 0, 113),
  (1, 1200, 16, NULL, '2022-01-01 05:45:00', 'completed', 'card', '2022-01-01', 0, 265),
  (7001, 536, 16, NULL, '2022-07-03 21:49:00', 'completed', 'card', '2022-07-07', 4.95, 70.8),
  (14001, 2163, 16, NULL, '2022-11-26 19:11:00', 'completed', 'paypal', '2022-11-26', 4.95, 68.11),
  (21001, 3059, 9, 116, '2023-04-12 11:52:00', 'completed', 'card', NULL, 0, 312.3),
  (28001, 5239, 13, 163, '2023-08-12 19:12:00', 'completed', 'card', NULL, 0, 313.25),
  (35001, 9075, 1, 11, '2023-12-07 16:07:00', 'completed', 'card', NULL, 0, 93.1),
  (42001, 7191, 6, 81, '2024-04-06 12:54:00', 'completed', 'card', NULL, 0, 27.95),
  (49001, 9138, 16, NULL, '2024-07-21 20:06:00', 'completed', 'paypal', '2024-07-24', 0, 258),
  (56001, 6469, 15, 177, '2024-11-11 12:45:00', 'completed', 'card', NULL, 0, 270.2);
INSERT INTO order_lines VALUES
  (1, 1, 121, 1, 108.8, 0, 108.8),
  (18001, 7750, 34, 2, 9.25, 0, 18.5),
  (36001, 15399, 97, 4, 20.4, 10, 73.44),
  (54001, 23131, 185, 1, 47.45, 0, 47.45),
  (72001, 30892, 298, 1, 24.2, 0, 24.2),
  (90001, 38642, 421, 2, 45.95, 0, 91.9),
  (108001, 46315, 120, 1, 168, 0, 168),
  (126001, 54007, 164, 1, 108, 0, 108);
INSERT INTO returns VALUES
  (1, 7, '2022-01-26', 4, 'wrong size', 212, 1),
  (901, 20279, '2022-09-05', 1, 'damaged', 226.9, 0),
  (1801, 41615, '2023-02-16', 1, 'wrong size', 69.8, 1),
  (2701, 63599, '2023-08-08', 1, 'wrong size', 107.37, 1),
  (3601, 84237, '2024-01-04', 2, 'wrong size', 50.3, 1),
  (4501, 103917, '2024-05-25', 1, 'wrong size', 393, 0),
  (5401, 122727, '2024-09-26', 4, 'wrong size', 115.8, 1);
