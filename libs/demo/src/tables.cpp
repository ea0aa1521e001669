#include "tables.hpp"

#include <optional>
#include <string_view>

#include "calendar.hpp"
#include "sales.hpp"

namespace idi::demo {
namespace {

constexpr const char* definitions = R"sql(
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
)sql";

constexpr const char* indices = R"sql(
CREATE INDEX products_by_category ON products (category_id);
CREATE INDEX employees_by_store ON employees (store_id);
CREATE INDEX orders_by_customer ON orders (customer_id);
CREATE INDEX orders_by_store ON orders (store_id);
CREATE INDEX orders_by_time ON orders (ordered_at);
CREATE INDEX order_lines_by_order ON order_lines (order_id);
CREATE INDEX order_lines_by_product ON order_lines (product_id);
CREATE INDEX returns_by_line ON returns (order_line_id);
ANALYZE;
)sql";

struct Money {
  int cents = 0;
};
/// The row number of an index.
struct RowOf {
  int index = 0;
};
struct Day {
  int number = 0;
};

// Binds the values of one row in order and runs the statement.
class RowWriter {
 public:
  static Result<RowWriter> open(sqlite::Connection& connection, std::string_view insert) {
    IDI_TRY(sqlite::Statement statement, connection.prepare(insert));
    return RowWriter(std::move(statement));
  }
  template <typename... Values>
  Status write(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    return statement_.run();
  }

 private:
  explicit RowWriter(sqlite::Statement statement) : statement_(std::move(statement)) {}

  void bind(int index, int value) { statement_.bind(index, std::int64_t{value}); }
  void bind(int index, bool value) { statement_.bind(index, std::int64_t{value ? 1 : 0}); }
  void bind(int index, std::string_view value) { statement_.bind(index, value); }
  void bind(int index, const std::string& value) {
    statement_.bind(index, std::string_view(value));
  }
  void bind(int index, Money value) { statement_.bind(index, value.cents / 100.0); }
  void bind(int index, RowOf value) { statement_.bind(index, std::int64_t{value.index} + 1); }
  void bind(int index, Day value) { bind(index, iso_date(value.number)); }
  template <typename T>
  void bind(int index, const std::optional<T>& value) {
    if (value) {
      bind(index, *value);
    } else {
      statement_.bind_null(index);
    }
  }

  sqlite::Statement statement_;
};

std::optional<std::string_view> text_or_null(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}
std::optional<RowOf> row_or_null(const std::optional<int>& index) {
  return index ? std::optional(RowOf{*index}) : std::nullopt;
}
std::optional<Day> day_or_null(const std::optional<int>& day) {
  return day ? std::optional(Day{*day}) : std::nullopt;
}

Status write_catalog(sqlite::Connection& connection, const Shop& shop) {
  IDI_TRY(RowWriter categories,
          RowWriter::open(connection, "INSERT INTO categories VALUES (?,?,?)"));
  for (int i = 0; i < std::ssize(shop.categories); ++i) {
    const Category& category = shop.categories[static_cast<std::size_t>(i)];
    IDI_CHECK(categories.write(RowOf{i}, category.name, category.description));
  }
  IDI_TRY(RowWriter suppliers,
          RowWriter::open(connection, "INSERT INTO suppliers VALUES (?,?,?,?,?)"));
  for (int i = 0; i < std::ssize(shop.suppliers); ++i) {
    const Supplier& supplier = shop.suppliers[static_cast<std::size_t>(i)];
    IDI_CHECK(
        suppliers.write(RowOf{i}, supplier.name, supplier.city, supplier.country, supplier.email));
  }
  IDI_TRY(RowWriter products,
          RowWriter::open(connection, "INSERT INTO products VALUES (?,?,?,?,?,?,?,?,?)"));
  for (int i = 0; i < std::ssize(shop.products); ++i) {
    const Product& product = shop.products[static_cast<std::size_t>(i)];
    IDI_CHECK(products.write(RowOf{i}, product.name, RowOf{product.category},
                             RowOf{product.supplier}, Money{product.price}, Money{product.cost},
                             product.weight_grams, Day{product.introduced}, product.discontinued));
  }
  return {};
}

Status write_people(sqlite::Connection& connection, const Shop& shop) {
  IDI_TRY(RowWriter stores, RowWriter::open(connection, "INSERT INTO stores VALUES (?,?,?,?,?,?)"));
  for (int i = 0; i < std::ssize(shop.stores); ++i) {
    const Store& store = shop.stores[static_cast<std::size_t>(i)];
    std::optional<int> area;
    if (!store.city.empty()) area.emplace(store.area_m2);
    IDI_CHECK(stores.write(RowOf{i}, store.name, text_or_null(store.city),
                           text_or_null(store.country), Day{store.opened}, area));
  }
  IDI_TRY(RowWriter employees,
          RowWriter::open(connection, "INSERT INTO employees VALUES (?,?,?,?,?,?,?,?,?)"));
  for (int i = 0; i < std::ssize(shop.employees); ++i) {
    const Employee& employee = shop.employees[static_cast<std::size_t>(i)];
    const auto store = employee.store >= 0 ? std::optional(RowOf{employee.store}) : std::nullopt;
    IDI_CHECK(employees.write(RowOf{i}, employee.first_name, employee.last_name, employee.job_title,
                              store, row_or_null(employee.chief), Day{employee.hired},
                              employee.salary, employee.email));
  }
  IDI_TRY(RowWriter customers,
          RowWriter::open(connection, "INSERT INTO customers VALUES (?,?,?,?,?,?,?,?,?,?,?)"));
  for (int i = 0; i < std::ssize(shop.customers); ++i) {
    const Customer& customer = shop.customers[static_cast<std::size_t>(i)];
    IDI_CHECK(customers.write(RowOf{i}, customer.first_name, customer.last_name, customer.gender,
                              customer.email, customer.phone, customer.city, customer.country,
                              day_or_null(customer.born), Day{customer.joined},
                              customer.newsletter));
  }
  return {};
}

class SalesWriter final : public SalesSink {
 public:
  SalesWriter(RowWriter orders, RowWriter lines, RowWriter returns,
              const std::function<Status(double)>& on_day)
      : orders_(std::move(orders)),
        lines_(std::move(lines)),
        returns_(std::move(returns)),
        on_day_(on_day) {}

  Status on_order(const Order& order, const std::vector<OrderLine>& lines) override {
    IDI_CHECK(orders_.write(order.id, RowOf{order.customer}, RowOf{order.store},
                            row_or_null(order.employee), iso_date_time(order.day, order.minute),
                            order.status, order.payment, day_or_null(order.shipped),
                            Money{order.shipping}, Money{order.total}));
    for (const OrderLine& line : lines) {
      IDI_CHECK(lines_.write(line.id, line.order, RowOf{line.product}, line.quantity,
                             Money{line.unit_price}, line.discount_percent, Money{line.total}));
    }
    return {};
  }
  Status on_return(const Return& returned) override {
    return returns_.write(++last_return_, returned.line, Day{returned.day}, returned.quantity,
                          returned.reason, Money{returned.refund}, returned.restocked);
  }
  Status on_day(double fraction) override { return on_day_(fraction); }

 private:
  RowWriter orders_;
  RowWriter lines_;
  RowWriter returns_;
  const std::function<Status(double)>& on_day_;
  int last_return_ = 0;
};

}  // namespace

Status create_tables(sqlite::Connection& connection) { return connection.execute(definitions); }
Status create_indices(sqlite::Connection& connection) { return connection.execute(indices); }

Status write_shop(sqlite::Connection& connection, const Shop& shop) {
  IDI_CHECK(write_catalog(connection, shop));
  return write_people(connection, shop);
}

Status write_sales(sqlite::Connection& connection, const Shop& shop, std::uint64_t seed,
                   const std::function<Status(double)>& on_day) {
  IDI_TRY(RowWriter orders,
          RowWriter::open(connection, "INSERT INTO orders VALUES (?,?,?,?,?,?,?,?,?,?)"));
  IDI_TRY(RowWriter lines,
          RowWriter::open(connection, "INSERT INTO order_lines VALUES (?,?,?,?,?,?,?)"));
  IDI_TRY(RowWriter returns,
          RowWriter::open(connection, "INSERT INTO returns VALUES (?,?,?,?,?,?,?)"));
  SalesWriter writer(std::move(orders), std::move(lines), std::move(returns), on_day);
  Random random(seed);
  return make_sales(random, shop, writer);
}

}  // namespace idi::demo
