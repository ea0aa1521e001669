#include "format_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "idi/core/text.hpp"

namespace idi::prompt {

namespace {

struct SectionRule {
  std::string_view name;
  std::vector<std::string_view> placeholders;  ///< All must be there, no others.
};

const std::vector<SectionRule>& rules() {
  static const std::vector<SectionRule> all = {
      {"system", {"dialect", "notes", "schema"}},
      {"user", {"value", "column", "keywords", "question"}},
      {"repair", {"sql", "error"}},
      {"sqlite", {}},
      {"postgres", {}},
      {"mysql", {}},
  };
  return all;
}

Error wrong(int line, std::string what) {
  return make_error(ErrorCode::invalid_argument,
                    fmt::format("Prompt format, line {}: {}", line, what),
                    "prompts/README.md describes the sections and placeholders.");
}

/// "== name ==" → name.
std::optional<std::string_view> section_name(std::string_view line) {
  line = text::trim(line);
  if (line.size() < 5 || !line.starts_with("== ") || !line.ends_with(" ==")) return std::nullopt;
  return text::trim(line.substr(3, line.size() - 6));
}

bool is_name_char(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

}  // namespace

Result<ChatFormat> FormatReader::read(std::string_view text) {
  std::map<std::string_view, ChatFormat::Section> sections;
  std::map<std::string_view, std::set<std::string>> seen;
  const SectionRule* rule = nullptr;
  int number = 0;
  for (const std::string& line : text::split(text, '\n')) {
    ++number;
    if (const auto name = section_name(line)) {
      const auto known = std::find_if(rules().begin(), rules().end(),
                                      [&](const SectionRule& each) { return each.name == *name; });
      if (known == rules().end())
        return wrong(number, fmt::format("there is no section \"{}\"", *name));
      if (sections.contains(known->name))
        return wrong(number, fmt::format("the section \"{}\" is there twice", *name));
      rule = &*known;
      sections[rule->name] = {};
      continue;
    }
    if (rule == nullptr) continue;
    ChatFormat::Line pieces;
    std::string words;
    std::set<std::string> own;
    for (std::size_t at = 0; at < line.size(); ++at) {
      std::size_t end = at + 1;
      while (end < line.size() && is_name_char(line[end])) ++end;
      if (line[at] != '{' || end == at + 1 || end == line.size() || line[end] != '}') {
        words += line[at];
        continue;
      }
      std::string name = line.substr(at + 1, end - at - 1);
      if (std::find(rule->placeholders.begin(), rule->placeholders.end(), name) ==
          rule->placeholders.end())
        return wrong(number, fmt::format("the section \"{}\" has no {{{}}}", rule->name, name));
      if (!words.empty()) pieces.push_back({false, std::exchange(words, {})});
      own.insert(name);
      pieces.push_back({true, std::move(name)});
      at = end;
    }
    if (!words.empty()) pieces.push_back({false, std::move(words)});
    if (own.contains("value") != own.contains("column"))
      return wrong(number, "{value} and {column} belong into one line");
    seen[rule->name].insert(own.begin(), own.end());
    sections[rule->name].push_back(std::move(pieces));
  }
  for (const SectionRule& each : rules()) {
    if (!sections.contains(each.name))
      return wrong(number, fmt::format("the section \"{}\" is missing", each.name));
    for (const std::string_view placeholder : each.placeholders)
      if (!seen[each.name].contains(std::string(placeholder)))
        return wrong(number,
                     fmt::format("the section \"{}\" needs {{{}}}", each.name, placeholder));
    auto& lines = sections[each.name];
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    while (!lines.empty() && lines.front().empty()) lines.erase(lines.begin());
  }
  ChatFormat format;
  format.system_ = std::move(sections["system"]);
  format.user_ = std::move(sections["user"]);
  format.repair_ = std::move(sections["repair"]);
  // In the order of Dialect.
  for (const char* dialect : {"sqlite", "postgres", "mysql"})
    format.notes_.push_back(std::move(sections[dialect]));
  return format;
}

}  // namespace idi::prompt
