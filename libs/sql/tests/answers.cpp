#include "answers.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "idi/core/text.hpp"

namespace idi::sql::testing {
namespace {

constexpr const char* folder = "libs/sql/tests/answers";

std::string rounded(const std::string& cell) {
  char* end = nullptr;
  const double value = std::strtod(cell.c_str(), &end);
  if (cell.empty() || *end != '\0') return cell;
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.4f", value);
  std::string number = buffer;
  while (number.back() == '0') number.pop_back();
  if (number.back() == '.') number.pop_back();
  return number == "-0" ? "0" : number;
}

}  // namespace

std::vector<std::filesystem::path> answer_files() {
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<Answer> expected_answers() {
  std::vector<Answer> answers;
  for (const auto& path : answer_files()) {
    std::ifstream file(path);
    std::string line;
    while (std::getline(file, line)) {
      if (line.starts_with("sql: ")) answers.push_back({line.substr(5), {}});
      if (line.starts_with("  ")) answers.back().rows.push_back(line.substr(2));
    }
  }
  return answers;
}

std::vector<std::string> filled_shop(Dialect dialect) {
  const std::string text = dialect == Dialect::sqlite ? "TEXT" : "VARCHAR(40)";
  const std::string money = dialect == Dialect::sqlite ? "NUMERIC" : "DECIMAL(10, 2)";
  const std::string moment = dialect == Dialect::sqlite     ? "TEXT"
                             : dialect == Dialect::postgres ? "timestamp"
                                                            : "DATETIME";
  const std::string real = dialect == Dialect::sqlite ? "REAL" : "DOUBLE PRECISION";
  return {
      "CREATE TABLE city (id INTEGER PRIMARY KEY, name " + text + ", country " + text + ")",
      "INSERT INTO city VALUES (1, 'Bern', 'CH'), (2, 'Rom', 'IT'), (3, 'Basel', 'CH'), "
      "(4, 'Turin', 'IT'), (5, 'Lyon', 'FR')",
      "CREATE TABLE customer (id INTEGER PRIMARY KEY, name " + text +
          ", age INTEGER, city_id INTEGER)",
      "INSERT INTO customer VALUES (1, 'Ada', 30, 1), (2, 'Bob', 45, 2), (3, 'Cem', 20, 1), "
      "(4, 'Dia', 60, 5)",
      "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, placed_on " + moment +
          ", total " + money + ", ship_city_id INTEGER, bill_city_id INTEGER)",
      "INSERT INTO orders VALUES (1, 1, '2023-01-02 10:00:00', 10, 1, 1), "
      "(2, 1, '2023-01-08 09:30:00', 30, 2, 1), (3, 2, '2023-02-15 00:00:00', 20, 1, 2), "
      "(4, 2, '2023-05-01 12:00:00', 40, 3, 2), (5, 3, '2024-02-29 23:59:59', 100, 1, 1), "
      "(6, 1, '2024-01-01 00:00:00', 0, 1, 1)",
      "CREATE TABLE product (id INTEGER PRIMARY KEY, name " + text + ", price " + money +
          ", code " + text + ")",
      "INSERT INTO product VALUES (1, 'pen', 2, 'a'), (2, 'ink', 5, 'a'), (3, 'pad', 3, 'a'), "
      "(4, 'cup', 7, 'b'), (5, 'jug', 9, 'b'), (6, 'box', 1, 'c')",
      "CREATE TABLE payment (order_id INTEGER, paid_on BIGINT, seen_on BIGINT, measured " + real +
          ", booked INTEGER, due " + text + ", valued " + text + ")",
      "INSERT INTO payment VALUES "
      "(1, 1672747200, 1672747200000, 2459948.0, 20230103, '17.01.2023', '01/03/2023'), "
      "(2, 1684281600, 1684281600000, 2460081.5, 20230517, '02.06.2023', '05/17/2023'), "
      "(3, NULL, NULL, NULL, NULL, '05.02.2024', '12/31/2023')",
  };
}

std::vector<std::string> comparable(std::vector<std::string> rows, const std::string& sql) {
  for (std::string& row : rows) {
    std::string spelled;
    for (const std::string& cell : text::split(row, '|')) {
      spelled += (spelled.empty() ? "" : "|") + rounded(std::string(cell));
    }
    row = spelled;
  }
  if (text::to_lower_ascii(sql).find("order by") == std::string::npos) {
    std::sort(rows.begin(), rows.end());
  }
  return rows;
}

}  // namespace idi::sql::testing
