#include "idi/dataset/questions.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <optional>
#include <utility>

#include "file_content.hpp"
#include "idi/core/text.hpp"
#include "json_text.hpp"

namespace idi::dataset {

namespace json = boost::json;

namespace {

/// `where` is "FILE, line 3" or "FILE, record 3".
Result<QuestionRecord> record_of(const json::value& value, const std::string& where) {
  const auto wrong = [&where](std::string_view what) {
    return make_error(ErrorCode::invalid_argument, fmt::format("{}: {}", where, what),
                      R"(a record is {"db_id": "...", "question": "...", "query": "..."})");
  };
  if (!value.is_object()) return wrong("the record is not a JSON object");
  const json::object& object = value.get_object();
  QuestionRecord record;
  const auto take = [&object](std::string& into, std::string_view key) {
    if (auto text = text_member(object, key)) {
      into = std::move(*text);
      return true;
    }
    return false;
  };
  if (!take(record.db_id, "db_id")) return wrong("\"db_id\" is missing or no text");
  if (!take(record.question, "question")) return wrong("\"question\" is missing or no text");
  if (!take(record.query, "query") && !take(record.query, "SQL")) {
    return wrong("\"query\" is missing or no text");
  }
  return record;
}

Result<std::vector<QuestionRecord>> parse_array(std::string_view content, std::string_view name) {
  IDI_TRY(const json::value whole, parse_json(content, name));
  std::vector<QuestionRecord> records;
  const json::array& array = whole.get_array();
  records.reserve(array.size());
  for (const json::value& value : array) {
    IDI_TRY(QuestionRecord record,
            record_of(value, fmt::format("{}, record {}", name, records.size() + 1)));
    records.push_back(std::move(record));
  }
  return records;
}

Result<std::vector<QuestionRecord>> parse_lines(std::string_view content, std::string_view name) {
  std::vector<QuestionRecord> records;
  std::size_t line_number = 0;
  while (!content.empty()) {
    ++line_number;
    const std::size_t end = content.find('\n');
    const std::string_view line = content.substr(0, end);
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
    if (text::trim(line).empty()) continue;
    IDI_TRY(const json::value value, parse_json(line, name, line_number));
    IDI_TRY(QuestionRecord record, record_of(value, fmt::format("{}, line {}", name, line_number)));
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace

Result<std::vector<QuestionRecord>> parse_questions(std::string_view content,
                                                    std::string_view name) {
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  const std::size_t first = content.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) {
    return make_error(ErrorCode::invalid_argument, fmt::format("{} is empty", name),
                      "it should hold questions as JSON");
  }
  return content[first] == '[' ? parse_array(content, name) : parse_lines(content, name);
}

Result<std::vector<QuestionRecord>> read_questions(const std::filesystem::path& file) {
  IDI_TRY(const std::string content, read_file(file, max_question_file_bytes));
  return parse_questions(content, file.string());
}

}  // namespace idi::dataset
