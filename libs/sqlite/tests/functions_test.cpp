// Our versions of SQL functions against SQLite's own, on random arguments.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>

#include "idi/sqlite/connection.hpp"
#include "pattern.hpp"

namespace idi::sqlite {
namespace {

Connection open_scratch() {
  OpenOptions options;
  options.mode = OpenMode::create;
  static int number = 0;
  const auto path =
      std::filesystem::temp_directory_path() /
      ("idi-functions-test-" + std::to_string(::getpid()) + "-" + std::to_string(++number) + ".db");
  auto connection = Connection::open(path, options);
  std::filesystem::remove(path);  // Open files outlive their names.
  if (!connection) throw std::runtime_error(connection.error().to_text());
  return std::move(*connection);
}

/// Short, of a few letters, so that matches are frequent.
rc::Gen<std::string> any_text() {
  const auto piece = rc::gen::elementOf(std::vector<std::string>{
      "a", "A", "b", "ab", "é", "É",  "漢",    "😀",    " ",   "%", "_", "*",
      "?", "[", "]", "^",  "-", "\\", "[a-c]", "[^b]", "[]]", "0", ".5"});
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& pieces) {
                        std::string joined;
                        for (const auto& part : pieces) joined += part;
                        return joined;
                      });
}

/// NULL, numbers, blobs and texts.
rc::Gen<Value> any_value() {
  return rc::gen::oneOf(
      rc::gen::map(any_text(), [](std::string s) { return Value(std::move(s)); }),
      rc::gen::map(any_text(), [](std::string s) { return Value(std::move(s)); }),
      rc::gen::map(any_text(), [](std::string s) { return Value(Blob{std::move(s)}); }),
      rc::gen::map(rc::gen::inRange<int>(-20, 20), [](int i) { return Value(std::int64_t{i}); }),
      rc::gen::just(Value(0.5)), rc::gen::just(Value(Null{})));
}

/// The result, or the error's words.
Value call(Connection& connection, const std::string& sql, const std::vector<Value>& arguments) {
  auto statement = connection.prepare(sql);
  if (!statement) return statement.error().message;
  int index = 0;
  for (const Value& argument : arguments) {
    ++index;
    if (const auto* text = std::get_if<std::string>(&argument)) {
      statement->bind(index, std::string_view(*text));
    } else if (const auto* blob = std::get_if<Blob>(&argument)) {
      statement->bind(index, *blob);
    } else if (const auto* integer = std::get_if<std::int64_t>(&argument)) {
      statement->bind(index, *integer);
    } else if (const auto* real = std::get_if<double>(&argument)) {
      statement->bind(index, *real);
    } else {
      statement->bind_null(index);
    }
  }
  auto row = statement->step();
  return row ? statement->value(0) : Value(row.error().message);
}

class Functions : public testing::Test {
 protected:
  Functions() { EXPECT_TRUE(ours_.use_interruptible_functions()); }

  void compare(const std::string& sql, std::size_t arguments) {
    EXPECT_TRUE(rc::check(sql, [&] {
      const auto values = *rc::gen::container<std::vector<Value>>(arguments, any_value());
      const Value expected = call(own_, sql, values);
      const Value found = call(ours_, sql, values);
      RC_ASSERT(to_display(found) == to_display(expected));
      RC_ASSERT(found.index() == expected.index());
    }));
  }

  Connection own_ = open_scratch();
  Connection ours_ = open_scratch();
};

TEST_F(Functions, Like) { compare("SELECT ?1 LIKE ?2", 2); }
TEST_F(Functions, LikeEscape) { compare("SELECT ?1 LIKE ?2 ESCAPE '\\'", 2); }
TEST_F(Functions, LikeAnyEscape) { compare("SELECT ?1 LIKE ?2 ESCAPE ?3", 3); }
TEST_F(Functions, Glob) { compare("SELECT ?1 GLOB ?2", 2); }
TEST_F(Functions, Instr) { compare("SELECT instr(?1, ?2)", 2); }
TEST_F(Functions, Replace) { compare("SELECT replace(?1, ?2, ?3)", 3); }
TEST_F(Functions, Trim) { compare("SELECT trim(?1, ?2)", 2); }
TEST_F(Functions, LeftTrim) { compare("SELECT ltrim(?1, ?2)", 2); }
TEST_F(Functions, RightTrim) { compare("SELECT rtrim(?1, ?2)", 2); }
TEST_F(Functions, Printf) { compare("SELECT printf(?1, ?2, ?3)", 3); }

TEST_F(Functions, PrintfFormats) {
  for (const char* sql :
       {"SELECT printf('%d %5d|%-5d|%05d %+d %,d', 1, 2, 3, 4, 5, 1234567)",
        "SELECT format('%.2f %8.3f %e %g', 1.005, 2.5, 12345.678, 0.0001)",
        "SELECT printf('%s|%10s|%-10s|%.2s', 'abc', 'abc', 'abc', 'abc')",
        "SELECT printf('%*d %-*d %.*f', 8, 1, 8, 2, 3, 1.23456)",
        "SELECT printf('%c%c %x %X %o %q %Q %w %%', 'a', 'bcd', 255, 255, 8, 'it''s', 'it''s', "
        "'a')",
        "SELECT printf('%lld %llu', -1, 1), printf(), printf(NULL, 1), printf('%')"}) {
    EXPECT_EQ(to_display(call(ours_, sql, {})), to_display(call(own_, sql, {}))) << sql;
  }
}

TEST_F(Functions, PrintfIsBounded) {
  for (const char* sql :
       {"SELECT printf('%2000000d', 1)", "SELECT printf('%.*c', 2000000000, 'x')",
        "SELECT printf('%*d', -2000000000, 1)", "SELECT printf('%.2000000f', 1)",
        "SELECT printf('%600000d%600000d', 1, 2)", "SELECT printf('%99999999999999999999d', 1)",
        "SELECT format('%s%*d', 'x', 2000000, 1)"}) {
    auto statement = ours_.prepare(sql);
    ASSERT_TRUE(statement);
    const auto row = statement->step();
    ASSERT_FALSE(row) << sql;
    EXPECT_EQ(row.error().code, ErrorCode::limit_exceeded) << sql;
  }
  EXPECT_EQ(std::get<std::string>(call(ours_, "SELECT printf('%900000d', 1)", {})).size(),
            900'000U);
}

// The slow way gives the same answers as the quick one.
TEST_F(Functions, PatternsMatchAsInSqlite) {
  EXPECT_TRUE(rc::check([&] {
    const std::string t = *any_text();
    const std::string p = *any_text();
    const Value text = t;
    const Value pattern = p;
    const auto never = [] { return false; };
    RC_ASSERT(Value(std::int64_t{*Pattern::like(p, "").matches(t, never)}) ==
              call(own_, "SELECT ?1 LIKE ?2", {text, pattern}));
    RC_ASSERT(Value(std::int64_t{*Pattern::like(p, "\\").matches(t, never)}) ==
              call(own_, "SELECT ?1 LIKE ?2 ESCAPE '\\'", {text, pattern}));
    RC_ASSERT(Value(std::int64_t{*Pattern::glob(p).matches(t, never)}) ==
              call(own_, "SELECT ?1 GLOB ?2", {text, pattern}));
  }));
}

TEST_F(Functions, LongTextsMatchToo) {
  const std::string text(2'000'000, 'a');
  EXPECT_EQ(call(ours_, "SELECT ?1 LIKE '%A%'", {text}), Value(std::int64_t{1}));
  EXPECT_EQ(call(ours_, "SELECT ?1 || 'xyz' LIKE '%a_yz'", {text}), Value(std::int64_t{1}));
  EXPECT_EQ(call(ours_, "SELECT ?1 GLOB 'a*[^b]'", {text}), Value(std::int64_t{1}));
  EXPECT_EQ(call(ours_, "SELECT ?1 GLOB '*b'", {text}), Value(std::int64_t{0}));
  EXPECT_EQ(call(ours_, "SELECT instr(?1 || 'é' || ?1 || 'b', 'b')", {text}),
            Value(std::int64_t{4'000'002}));
}

TEST_F(Functions, StopEndsALongMatch) {
  const std::string text(10'000'000, 'a');
  bool stop = false;  // Compiling asks as well, now and then: every few hundred allocations.
  ours_.set_progress(1'000'000, [&stop] { return stop; });
  auto statement = ours_.prepare("SELECT ?1 LIKE ?2");
  ASSERT_TRUE(statement);
  stop = true;
  statement->bind(1, std::string_view(text));
  statement->bind(2, std::string_view("%" + std::string(4000, 'a') + "b"));
  const auto row = statement->step();
  ASSERT_FALSE(row);
  EXPECT_EQ(row.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace idi::sqlite
