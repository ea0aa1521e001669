// SQLite calls each function within one step of its machine, where neither sqlite3_interrupt nor
// the progress handler is looked at. instr('aaa…', 'aa…b') over two texts of a few megabytes runs
// for hours there. Meanings follow SQLite's func.c.
#include "interruptible_functions.hpp"

#include <sqlite3.h>
#include <string.h>  // memmem

#include <bitset>
#include <new>
#include <string>
#include <string_view>
#include <unordered_set>

#include "bounded_printf.hpp"
#include "pattern.hpp"
#include "work_monitor.hpp"

namespace idi::sqlite {
namespace {

/// Up to this product of lengths SQLite's own matching takes a few milliseconds at most.
constexpr std::size_t short_match = 1'000'000;
constexpr int matches_between_checks = 1024;

bool is_null(sqlite3_value* value) { return sqlite3_value_type(value) == SQLITE_NULL; }

// Reading a value as text may convert it, which may find no memory.
std::string_view text_of(sqlite3_value* value) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (bytes == nullptr) throw std::bad_alloc();
  return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

std::string_view blob_of(sqlite3_value* value) {
  const void* bytes = sqlite3_value_blob(value);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

// LIKE and GLOB end at a NUL.
std::string_view until_nul(std::string_view text) { return text.substr(0, text.find('\0')); }

// Two-way search: linear, unlike std::string_view::find.
std::size_t find_part(std::string_view text, std::string_view part, std::size_t from) {
  if (from >= text.size()) return std::string_view::npos;
  const void* found = ::memmem(text.data() + from, text.size() - from, part.data(), part.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

void result_text(sqlite3_context* context, std::string_view text) {
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

bool must_stop() {
  const WorkMonitor* monitor = WorkMonitor::current();
  return monitor != nullptr && monitor->stop_now();
}

bool pattern_is_short(sqlite3_context* context, std::string_view pattern) {
  const int limit =
      sqlite3_limit(sqlite3_context_db_handle(context), SQLITE_LIMIT_LIKE_PATTERN_LENGTH, -1);
  if (pattern.size() <= static_cast<std::size_t>(limit)) return true;
  sqlite3_result_error(context, "LIKE or GLOB pattern too complex", -1);
  return false;
}

void match_slowly(sqlite3_context* context, const Pattern& pattern, std::string_view text) {
  const auto matches = pattern.matches(text, must_stop);
  if (matches.has_value()) {
    sqlite3_result_int(context, *matches ? 1 : 0);
  } else {
    sqlite3_result_error_code(context, SQLITE_INTERRUPT);
  }
}

// Debian and macOS build SQLite so that a blob never matches; others so that it is read as text.
bool blobs_match() {
  static const bool match = sqlite3_compileoption_used("LIKE_DOESNT_MATCH_BLOBS") == 0;
  return match;
}

bool is_excluded_blob(int count, sqlite3_value** values) {
  if (blobs_match()) return false;
  for (int i = 0; i < count && i < 2; ++i) {
    if (sqlite3_value_type(values[i]) == SQLITE_BLOB) return true;
  }
  return false;
}

// like(pattern, text [, escape]) is "text LIKE pattern".
void like(sqlite3_context* context, int count, sqlite3_value** values) {
  if (is_excluded_blob(count, values)) {
    sqlite3_result_int(context, 0);
    return;
  }
  if (!is_null(values[0]) && !pattern_is_short(context, text_of(values[0]))) return;
  std::string_view escape;
  if (count == 3) {
    if (is_null(values[2])) return;
    escape = until_nul(text_of(values[2]));
    if (escape.empty() || first_character(escape).size() != escape.size()) {
      sqlite3_result_error(context, "ESCAPE expression must be a single character", -1);
      return;
    }
  }
  if (is_null(values[0]) || is_null(values[1])) return;
  const std::string_view pattern = until_nul(text_of(values[0]));
  const std::string_view text = until_nul(text_of(values[1]));
  if (escape.empty() && pattern.size() * text.size() <= short_match) {
    sqlite3_result_int(context, sqlite3_strlike(pattern.data(), text.data(), 0) == 0 ? 1 : 0);
    return;
  }
  match_slowly(context, Pattern::like(pattern, escape), text);
}

void glob(sqlite3_context* context, int count, sqlite3_value** values) {
  if (is_excluded_blob(count, values)) {
    sqlite3_result_int(context, 0);
    return;
  }
  if (is_null(values[0]) || is_null(values[1])) return;
  const std::string_view pattern = until_nul(text_of(values[0]));
  if (!pattern_is_short(context, text_of(values[0]))) return;
  const std::string_view text = until_nul(text_of(values[1]));
  if (pattern.size() * text.size() <= short_match) {
    sqlite3_result_int(context, sqlite3_strglob(pattern.data(), text.data()) == 0 ? 1 : 0);
    return;
  }
  match_slowly(context, Pattern::glob(pattern), text);
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

void instr(sqlite3_context* context, int, sqlite3_value** values) {
  if (is_null(values[0]) || is_null(values[1])) return;
  const bool bytes =
      sqlite3_value_type(values[0]) == SQLITE_BLOB && sqlite3_value_type(values[1]) == SQLITE_BLOB;
  const std::string_view text = bytes ? blob_of(values[0]) : text_of(values[0]);
  const std::string_view part = bytes ? blob_of(values[1]) : text_of(values[1]);
  if (part.empty()) {
    sqlite3_result_int(context, 1);
    return;
  }
  const std::size_t at = find_part(text, part, 0);
  if (at == std::string_view::npos || (!bytes && at > 0 && continues(text[at]))) {
    sqlite3_result_int(context, 0);
    return;
  }
  sqlite3_int64 position = 1;
  for (std::size_t i = 1; i <= at; ++i) {
    if (bytes || !continues(text[i])) ++position;
  }
  sqlite3_result_int64(context, position);
}

void replace(sqlite3_context* context, int, sqlite3_value** values) {
  if (is_null(values[0]) || is_null(values[1])) return;
  const std::string_view text = text_of(values[0]);  // first: it makes a text of a blob
  const std::string_view part = text_of(values[1]);
  if (part.empty()) {
    sqlite3_result_value(context, values[0]);
    return;
  }
  if (is_null(values[2])) return;
  const std::string_view other = text_of(values[2]);
  const auto limit = static_cast<std::size_t>(
      sqlite3_limit(sqlite3_context_db_handle(context), SQLITE_LIMIT_LENGTH, -1));
  std::string result;
  std::size_t from = 0;
  int found = 0;
  for (std::size_t at = find_part(text, part, 0); at != std::string_view::npos;
       at = find_part(text, part, from)) {
    result.append(text, from, at - from);
    result += other;
    from = at + part.size();
    if (++found % matches_between_checks == 0 && must_stop()) {
      sqlite3_result_error_code(context, SQLITE_INTERRUPT);
      return;
    }
    if (result.size() > limit) {
      sqlite3_result_error_toobig(context);
      return;
    }
  }
  result.append(text, from);
  result_text(context, result);
}

enum : int { trim_left = 1, trim_right = 2 };

// The characters of trim's second argument; almost always a few of ASCII.
class CharacterSet {
 public:
  explicit CharacterSet(std::string_view characters) {
    while (!characters.empty()) {
      const std::string_view character = first_character(characters);
      if (character.size() == 1) {
        single_.set(static_cast<unsigned char>(character[0]));
      } else {
        long_.insert(character);
      }
      characters.remove_prefix(character.size());
    }
  }
  [[nodiscard]] bool contains(std::string_view character) const {
    if (character.size() == 1) return single_.test(static_cast<unsigned char>(character[0]));
    return !character.empty() && long_.contains(character);
  }

 private:
  std::bitset<256> single_;
  std::unordered_set<std::string_view> long_;
};

void trim(sqlite3_context* context, int, sqlite3_value** values) {
  if (is_null(values[0]) || is_null(values[1])) return;
  std::string_view text = text_of(values[0]);
  const CharacterSet unwanted(text_of(values[1]));
  const auto sides = *static_cast<const int*>(sqlite3_user_data(context));
  while ((sides & trim_left) != 0 && unwanted.contains(first_character(text))) {
    text.remove_prefix(first_character(text).size());
  }
  while ((sides & trim_right) != 0 && unwanted.contains(last_character(text))) {
    text.remove_suffix(last_character(text).size());
  }
  result_text(context, text);
}

// No exception may pass through SQLite's frames.
using Function = void (*)(sqlite3_context*, int, sqlite3_value**);
template <Function function>
void guarded(sqlite3_context* context, int count, sqlite3_value** values) {
  // Calls in a row without a jump in between have no other place to end.
  if (must_stop()) {
    sqlite3_result_error_code(context, SQLITE_INTERRUPT);
    return;
  }
  try {
    function(context, count, values);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  }
}

}  // namespace

int add_interruptible_functions(sqlite3* database) {
  static int left = trim_left;
  static int right = trim_right;
  static int both = trim_left | trim_right;
  struct Entry {
    const char* name;
    int arguments;
    int* data;
    Function call;
  };
  const Entry entries[] = {
      {"like", 2, nullptr, guarded<like>},       {"like", 3, nullptr, guarded<like>},
      {"glob", 2, nullptr, guarded<glob>},       {"instr", 2, nullptr, guarded<instr>},
      {"replace", 3, nullptr, guarded<replace>}, {"ltrim", 2, &left, guarded<trim>},
      {"rtrim", 2, &right, guarded<trim>},       {"trim", 2, &both, guarded<trim>},
  };
  for (const Entry& entry : entries) {
    const int code =
        sqlite3_create_function_v2(database, entry.name, entry.arguments,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                   entry.data, entry.call, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return code;
  }
  return add_bounded_printf(database);
}

}  // namespace idi::sqlite
