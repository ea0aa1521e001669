#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "calendar.hpp"
#include "idi/demo/demo_database.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::demo {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "idi-demo-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::filesystem::path file(const std::string& name = "demo.db") const {
    return path_ / name;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] long count() const {
    return std::distance(std::filesystem::directory_iterator(path_), {});
  }

 private:
  std::filesystem::path path_;
};

/// Written once for all tests.
class DemoDatabase : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<Folder>();
    const Status written = write_demo_database(folder_->file());
    ASSERT_TRUE(written) << written.error().to_text();
    auto connection = sqlite::Connection::open(folder_->file(), {});
    ASSERT_TRUE(connection);
    connection_ = std::make_unique<sqlite::Connection>(std::move(*connection));
  }
  static void TearDownTestSuite() {
    connection_.reset();
    folder_.reset();
  }
  static std::int64_t number(const std::string& sql) {
    auto statement = connection_->prepare(sql);
    EXPECT_TRUE(statement) << sql << ": " << (statement ? "" : statement.error().to_text());
    if (!statement || !statement->step().value_or(false)) return -1;
    return statement->integer(0);
  }

  static inline std::unique_ptr<Folder> folder_;
  static inline std::unique_ptr<sqlite::Connection> connection_;
};

TEST_F(DemoDatabase, IsTheSameEachTime) {
  const Folder other;
  ASSERT_TRUE(write_demo_database(other.file()));
  const std::string bytes = read_file(folder_->file());
  EXPECT_GT(bytes.size(), 10'000'000U);
  EXPECT_TRUE(read_file(other.file()) == bytes);
}

TEST_F(DemoDatabase, HasItsRows) {
  EXPECT_EQ(number("SELECT count(*) FROM categories"), 14);
  EXPECT_EQ(number("SELECT count(*) FROM suppliers"), 20);
  EXPECT_GT(number("SELECT count(*) FROM products"), 400);
  EXPECT_EQ(number("SELECT count(*) FROM stores"), 16);
  EXPECT_GT(number("SELECT count(*) FROM employees"), 150);
  EXPECT_EQ(number("SELECT count(*) FROM customers"), 12'000);
  EXPECT_GT(number("SELECT (SELECT count(*) FROM customers) + (SELECT count(*) FROM orders) + "
                   "(SELECT count(*) FROM order_lines) + (SELECT count(*) FROM returns)"),
            200'000);
  EXPECT_EQ(number("SELECT count(DISTINCT name) - count(*) FROM products"), 0);
}

TEST_F(DemoDatabase, KeysHold) {
  auto check = connection_->prepare("PRAGMA foreign_key_check");
  ASSERT_TRUE(check);
  EXPECT_FALSE(*check->step());
  auto integrity = connection_->prepare("PRAGMA integrity_check");
  ASSERT_TRUE(integrity && *integrity->step());
  EXPECT_EQ(integrity->text(0), "ok");
}

TEST_F(DemoDatabase, AddsUp) {
  EXPECT_EQ(number("SELECT count(*) FROM orders o WHERE abs(o.total - o.shipping_cost - (SELECT "
                   "sum(line_total) FROM order_lines l WHERE l.order_id = o.order_id)) > 0.001"),
            0);
  EXPECT_EQ(number("SELECT count(*) FROM returns r JOIN order_lines l USING (order_line_id) WHERE "
                   "r.quantity > l.quantity OR r.refund > l.line_total + 0.001"),
            0);
  EXPECT_EQ(number("SELECT count(*) FROM orders o JOIN customers c USING (customer_id) WHERE "
                   "date(o.ordered_at) < c.joined_on"),
            0);
  EXPECT_EQ(number("SELECT count(*) FROM orders o JOIN employees e USING (employee_id) WHERE "
                   "date(o.ordered_at) < e.hired_on OR e.store_id <> o.store_id"),
            0);
  EXPECT_EQ(number("SELECT count(*) FROM returns r JOIN order_lines l USING (order_line_id) JOIN "
                   "orders o USING (order_id) WHERE r.returned_on < date(o.ordered_at)"),
            0);
}

TEST_F(DemoDatabase, SpansThreeYearsAndGrows) {
  EXPECT_EQ(number("SELECT min(ordered_at) < '2022-01-02' AND max(ordered_at) LIKE '2024-12-31%' "
                   "FROM orders"),
            1);
  const auto orders_in = [](const std::string& period) {
    return number("SELECT count(*) FROM orders WHERE ordered_at LIKE '" + period + "%'");
  };
  EXPECT_GT(orders_in("2023"), orders_in("2022"));
  EXPECT_GT(orders_in("2024"), orders_in("2023"));
  for (const std::string year : {"2022", "2023", "2024"}) {
    EXPECT_GT(orders_in(year + "-12"), 2 * orders_in(year + "-02")) << "December";
  }
  EXPECT_GT(number("SELECT sum(strftime('%w', ordered_at) = '6') - sum(strftime('%w', ordered_at) "
                   "= '2') FROM orders"),
            1000)
      << "Saturdays";
}

TEST_F(DemoDatabase, HasGaps) {
  EXPECT_GT(number("SELECT count(*) FROM customers WHERE email IS NULL"), 100);
  EXPECT_GT(number("SELECT count(*) FROM customers WHERE phone IS NULL"), 1000);
  EXPECT_GT(number("SELECT count(*) FROM orders WHERE employee_id IS NULL"), 1000);
  EXPECT_EQ(number("SELECT count(*) FROM orders JOIN stores USING (store_id) WHERE name = 'Lyon' "
                   "AND ordered_at BETWEEN '2023-06-05' AND '2023-07-05'"),
            0)
      << "closed";
  EXPECT_EQ(
      number("SELECT count(*) FROM orders JOIN stores USING (store_id) WHERE date(ordered_at) "
             "< opened_on"),
      0);
  EXPECT_GT(number("SELECT count(*) FROM customers WHERE customer_id NOT IN (SELECT customer_id "
                   "FROM orders)"),
            100);
  EXPECT_GT(number("SELECT count(*) FROM products WHERE product_id NOT IN (SELECT product_id FROM "
                   "order_lines)"),
            0);
}

TEST_F(DemoDatabase, HasAFewDirtyValues) {
  const auto share = [](const std::string& condition) {
    return number("SELECT count(*) FROM customers WHERE " + condition);
  };
  for (const std::string dirty :
       {"country <> trim(country)", "country = upper(country)", "country = lower(country)",
        "city <> trim(city)", "phone = 'n/a'"}) {
    EXPECT_GT(share(dirty), 5) << dirty;
    EXPECT_LT(share(dirty), 240) << dirty;
  }
  const auto negative = number("SELECT count(*) FROM order_lines WHERE quantity < 0");
  EXPECT_GE(negative, 1);
  EXPECT_LE(negative, 20);
}

TEST_F(DemoDatabase, NothingButPlainTextInNames) {
  EXPECT_EQ(number("SELECT count(*) FROM customers WHERE email GLOB '*[^-a-z0-9.@]*'"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM employees WHERE email GLOB '*[^-a-z0-9.@]*'"), 0);
}

TEST_F(DemoDatabase, SaysWhatItsColumnsAre) {
  EXPECT_EQ(number("SELECT count(*) FROM sqlite_schema WHERE name = 'orders' AND sql LIKE '%-- "
                   "revenue: %'"),
            1);
}

TEST(DemoProgress, RisesToOne) {
  const Folder folder;
  double last = -1;
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(write_demo_database(folder.file(), [&](double fraction) {
    EXPECT_GE(fraction, last);
    last = fraction;
  }));
  EXPECT_EQ(last, 1.0);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

TEST(DemoFailure, StoppedLeavesNothing) {
  const Folder folder;
  std::stop_source stop;
  const Status status = write_demo_database(
      folder.file(),
      [&](double fraction) {
        if (fraction > 0.3) stop.request_stop();
      },
      stop.get_token());
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::cancelled);
  EXPECT_EQ(folder.count(), 0);
}

TEST(DemoFailure, NoFolderOrAFolder) {
  const Folder folder;
  EXPECT_EQ(write_demo_database(folder.path() / "none" / "demo.db").error().code,
            ErrorCode::not_found);
  const Status onto_folder = write_demo_database(folder.path());
  EXPECT_EQ(onto_folder.error().code, ErrorCode::io_failed);
  EXPECT_FALSE(onto_folder.error().hint.empty());
}

// A file may not grow past a megabyte, in a child: what a full disk does.
TEST(DemoFailure, FullDiskLeavesTheOldFile) {
  const Folder folder;
  std::ofstream(folder.file()) << "old";
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1 << 20, 1 << 20};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const Status status = write_demo_database(folder.file());
    const bool good =
        !status && status.error().code == ErrorCode::io_failed && !status.error().hint.empty();
    ::_exit(good ? 0 : 1);
  }
  int result = -1;
  ASSERT_EQ(::waitpid(child, &result, 0), child);
  EXPECT_EQ(result, 0);
  EXPECT_EQ(read_file(folder.file()), "old");
  EXPECT_EQ(folder.count(), 1);
}

TEST(DemoFailure, ReadOnlyFolder) {
  const Folder folder;
  ASSERT_EQ(::chmod(folder.path().c_str(), 0555), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    // Root may write anywhere.
    if (::geteuid() == 0 && ::setuid(65534) != 0) ::_exit(2);
    const Status status = write_demo_database(folder.file());
    ::_exit(!status && status.error().code == ErrorCode::io_failed ? 0 : 1);
  }
  int result = -1;
  ASSERT_EQ(::waitpid(child, &result, 0), child);
  EXPECT_EQ(result, 0);
}

TEST(Calendar, GoesThereAndBack) {
  EXPECT_EQ(day_number({1970, 1, 1}), 0);
  EXPECT_EQ(iso_date(day_number({2024, 2, 29})), "2024-02-29");
  EXPECT_EQ(iso_date_time(day_number({2024, 12, 31}), 23 * 60 + 59), "2024-12-31 23:59:00");
  EXPECT_EQ(weekday(day_number({2024, 1, 1})), 0);
  EXPECT_EQ(weekday(day_number({2023, 12, 31})), 6);
}

}  // namespace
}  // namespace idi::demo
