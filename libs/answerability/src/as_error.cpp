#include <fmt/format.h>

#include <algorithm>

#include "idi/answerability/answerability.hpp"
#include "idi/core/text.hpp"

namespace idi::answerability {
namespace {

std::string contents_of(const Schema& schema) {
  constexpr std::size_t max_named = 12;
  const std::size_t total = schema.tables.size();
  const std::size_t named = total <= max_named ? total : max_named - 2;  // never "and 1 more"
  std::vector<std::string> names;
  for (std::size_t t = 0; t < named; ++t) names.push_back(schema.tables[t].natural_name);
  std::string contents = text::join(names, ", ");
  if (named < total) contents += fmt::format(" and {} more tables", total - named);
  return contents;
}

std::string message_of(const Verdict& verdict) {
  const auto explained = std::find_if(verdict.missing.begin(), verdict.missing.end(),
                                      [](const Missing& missing) { return !missing.why.empty(); });
  if (explained != verdict.missing.end())
    return fmt::format("the database cannot answer this: \"{}\" {}", explained->phrase,
                       explained->why);
  std::vector<std::string> quoted;
  for (const Missing& missing : verdict.missing) quoted.push_back("\"" + missing.phrase + "\"");
  std::string message = "the question does not seem to be about this database";
  if (!quoted.empty()) message += "; not understood: " + text::join(quoted, ", ");
  return message;
}

/// What comes near, over all that is missing and was not said already.
std::vector<std::string> near_of(const Verdict& verdict, const std::string& message) {
  constexpr std::size_t max_near = 5;
  std::vector<std::string> near;
  for (const Missing& missing : verdict.missing) {
    for (const std::string& name : missing.near) {
      if (near.size() == max_near) return near;
      if (std::find(near.begin(), near.end(), name) == near.end() &&
          message.find(name) == std::string::npos)
        near.push_back(name);
    }
  }
  return near;
}

}  // namespace

Error as_error(const Verdict& verdict, const Schema& schema) {
  std::string message = message_of(verdict);
  std::string hint;
  if (const auto near = near_of(verdict, message); !near.empty())
    hint += fmt::format("What comes near: {}. ", text::join(near, ", "));
  hint += schema.tables.empty()
              ? std::string("It has no tables yet.")
              : fmt::format(
                    "It is about: {}. Questions are read in English; use the names that "
                    "the tables and columns have.",
                    contents_of(schema));
  return make_error(ErrorCode::unanswerable, std::move(message), std::move(hint));
}

}  // namespace idi::answerability
