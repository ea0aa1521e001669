// Files that are no good: clear errors, no crash.
#include <sys/stat.h>

#include <random>

#include "files_fixture.hpp"

namespace idi::db_sqlite {
namespace {

using BadFiles = Files;

TEST_F(BadFiles, Missing) {
  EXPECT_EQ(open_error(path()).code, ErrorCode::not_found);
  EXPECT_EQ(open_error(path() / "below" / "a.db").code, ErrorCode::not_found);
  EXPECT_EQ(open_error("").code, ErrorCode::not_found);
  EXPECT_FALSE(std::filesystem::exists(path())) << "looking for it must not make it";
}

TEST_F(BadFiles, FolderAndPipe) {
  const Error folder = open_error(folder_.path());
  EXPECT_EQ(folder.code, ErrorCode::unreadable);
  EXPECT_THAT(folder.message, testing::HasSubstr("folder"));
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(open_error(path("pipe")).code, ErrorCode::unreadable) << "and does not wait for it";
}

TEST_F(BadFiles, NotADatabase) {
  test::write_file(path(), "");
  EXPECT_THAT(open_error(path()).message, testing::HasSubstr("empty"));
  test::write_file(path(), "hello");
  EXPECT_EQ(open_error(path()).code, ErrorCode::unreadable);
  std::string noise(8192, '\0');
  std::mt19937 random(1);
  for (char& c : noise) c = static_cast<char>(random());
  test::write_file(path(), noise);  // as an encrypted one looks
  EXPECT_THAT(open_error(path()).message, testing::HasSubstr("encrypted"));
  test::write_file(path(), std::string("SQLite format 3\0", 16));
  EXPECT_THAT(open_error(path()).message, testing::HasSubstr("cut short"));
  test::write_file(path(), std::string("SQLite format 3\0", 16) + std::string(4080, '\0'));
  EXPECT_EQ(open_error(path()).code, ErrorCode::unreadable);
}

TEST_F(BadFiles, CutShort) {
  test::make_database(path(), script);
  const std::string whole = test::read_file(path());
  ASSERT_GT(whole.size(), 8192U);
  for (const std::size_t size : {whole.size() - 1, whole.size() / 2, std::size_t{4096}}) {
    test::write_file(path("cut.db"), whole.substr(0, size));
    const Error error = open_error(path("cut.db"));
    EXPECT_EQ(error.code, ErrorCode::unreadable);
    EXPECT_THAT(error.message, testing::HasSubstr("cut short"));
  }
}

TEST_F(BadFiles, NoPermission) {
  test::make_database(path(), script);
  ASSERT_EQ(::chmod(path().c_str(), 0), 0);
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
  const AsNobody nobody;
  auto database = open_sqlite_database(path());
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::unreadable);
  EXPECT_FALSE(database.error().hint.empty());
}

TEST_F(BadFiles, NamesThatSqliteTakesForUris) {
  for (const char* name :
       {"a?mode=rwc.db", "file:x.db", "50%.db", "a#b.db", "ü ö.db", ":memory:"}) {
    test::make_database(path(name), script);
    ASSERT_TRUE(std::filesystem::exists(path(name))) << name;
    auto database = open_sqlite_database(path(name));
    ASSERT_TRUE(database) << name << ": " << database.error().to_text();
    EXPECT_EQ(query(**database, "SELECT count(*) FROM books")->rows[0][0],
              Value(std::int64_t{500}));
  }
}

TEST_F(BadFiles, DamagedPages) {
  test::make_database(path(), script);
  const std::string whole = test::read_file(path());
  std::mt19937 random(42);
  for (int round = 0; round < 120; ++round) {
    std::string damaged = whole;
    for (auto changes = 1 + random() % 30; changes > 0; --changes) {
      // The first page and the schema as often as everything else.
      const std::size_t range = random() % 2 == 0 ? 4096 : damaged.size();
      damaged[random() % range] = static_cast<char>(random());
    }
    test::write_file(path("damaged.db"), damaged);
    use(path("damaged.db"));
    ASSERT_EQ(test::read_file(path("damaged.db")), damaged);
  }
}

TEST_F(BadFiles, DamageIsNamed) {
  test::make_database(path(), script);
  std::string bytes = test::read_file(path());
  for (std::size_t i = 4096; i < bytes.size(); ++i) bytes[i] = '\x5A';
  test::write_file(path(), bytes);
  auto database = open_sqlite_database(path());
  ASSERT_TRUE(database);
  const auto table = query(**database, "SELECT * FROM books");
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::unreadable);
  EXPECT_THAT(table.error().message, testing::HasSubstr("damaged"));
}

}  // namespace
}  // namespace idi::db_sqlite
