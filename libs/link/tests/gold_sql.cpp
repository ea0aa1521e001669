#include "gold_sql.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "idi/core/text.hpp"

namespace idi::link {
namespace {

struct SqlWord {
  enum Kind { name, text, number, sign } kind;
  std::string value;
  bool double_quoted = false;
};

bool is_name_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) != 0;
}

std::vector<SqlWord> words_of(std::string_view sql) {
  std::vector<SqlWord> words;
  for (std::size_t i = 0; i < sql.size();) {
    const char c = sql[i];
    if (c == '\'' || c == '"' || c == '`') {
      std::string value;
      for (++i; i < sql.size(); ++i) {
        if (sql[i] == c) {
          if (i + 1 >= sql.size() || sql[i + 1] != c) break;
          ++i;
        }
        value += sql[i];
      }
      ++i;
      words.push_back({c == '`' ? SqlWord::name : SqlWord::text, value, c == '"'});
    } else if (std::isdigit(static_cast<unsigned char>(c))) {
      std::size_t end = i;
      while (end < sql.size() && (is_name_char(sql[end]) || sql[end] == '.')) ++end;
      words.push_back({SqlWord::number, std::string(sql.substr(i, end - i))});
      i = end;
    } else if (is_name_char(c)) {
      std::size_t end = i;
      while (end < sql.size() && is_name_char(sql[end])) ++end;
      words.push_back({SqlWord::name, std::string(sql.substr(i, end - i))});
      i = end;
    } else {
      if (c > ' ') words.push_back({SqlWord::sign, std::string(1, c)});
      ++i;
    }
  }
  return words;
}

std::string without_percent(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c != '%') result += c;
  }
  return result;
}

}  // namespace

GoldMentions mentions_of(std::string_view sql, const Schema& schema) {
  GoldMentions gold;
  const auto words = words_of(sql);
  std::multimap<std::string, int> aliases;
  const auto lower = [&](std::size_t i) {
    return i < words.size() && words[i].kind == SqlWord::name ? text::to_lower_ascii(words[i].value)
                                                              : std::string();
  };
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (lower(i) != "from" && lower(i) != "join" && words[i].value != ",") continue;
    const auto table = schema.find_table(words[i + 1].value);
    if (!table || (words[i].value == "," && lower(i + 2) != "as")) continue;
    gold.tables.insert(*table);
    aliases.emplace(text::to_lower_ascii(words[i + 1].value), *table);
    if (lower(i + 2) == "as") aliases.emplace(lower(i + 3), *table);
  }
  const auto add_bare = [&](const std::string& name) {
    for (const int table : gold.tables) {
      if (const auto column = schema.find_column(table, name)) {
        gold.columns.insert({table, *column});
        return true;
      }
    }
    return false;
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const SqlWord& word = words[i];
    if (word.kind == SqlWord::number) {
      const bool limit_one = i > 0 && lower(i - 1) == "limit" && word.value == "1";
      const bool negative =
          i > 1 && words[i - 1].value == "-" && words[i - 2].kind == SqlWord::sign;
      if (!limit_one) gold.numbers.push_back((negative ? "-" : "") + word.value);
    } else if (word.kind == SqlWord::text) {
      if (word.double_quoted && add_bare(word.value)) continue;
      gold.texts.push_back(without_percent(word.value));
    } else if (word.kind == SqlWord::name) {
      const bool qualified =
          i > 1 && words[i - 1].value == "." && words[i - 1].kind == SqlWord::sign;
      if (!qualified) {
        const bool qualifies = i + 1 < words.size() && words[i + 1].value == ".";
        if (!qualifies) add_bare(word.value);
        continue;
      }
      const auto [begin, end] = aliases.equal_range(lower(i - 2));
      for (auto each = begin; each != end; ++each) {
        if (const auto column = schema.find_column(each->second, word.value)) {
          gold.columns.insert({each->second, *column});
        }
      }
    }
  }
  return gold;
}

}  // namespace idi::link
