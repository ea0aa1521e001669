#include "sentence.hpp"

#include <algorithm>

namespace idi::dialogue {
namespace {

link::LinkBudget budget() {
  link::LinkBudget budget;
  budget.max_tokens = max_words;
  return budget;
}

}  // namespace

Sentence::Sentence(std::string_view text, const link::Linker& linker)
    : linked_(linker.link(text, budget())) {}

std::string_view Sentence::word(int i) const {
  if (i < 0 || i >= size()) return {};
  return linked_.tokens[static_cast<std::size_t>(i)].lower;
}

std::string_view Sentence::stem(int i) const {
  if (i < 0 || i >= size()) return {};
  return linked_.tokens[static_cast<std::size_t>(i)].stem;
}

bool Sentence::has_word(std::string_view word) const {
  return std::any_of(linked_.tokens.begin(), linked_.tokens.end(),
                     [&](const link::QuestionToken& token) { return token.lower == word; });
}

std::string Sentence::slice(int begin, int end) const {
  if (begin >= end) return {};
  const auto& first = linked_.tokens[static_cast<std::size_t>(begin)];
  const auto& last = linked_.tokens[static_cast<std::size_t>(end) - 1];
  std::size_t from = first.begin;
  std::size_t to = last.end;
  // Quotes are no part of a word, but of the value that they enclose.
  const std::string& text = linked_.question;
  const auto is_quote = [](char c) { return c == '"' || c == '\''; };
  if (from > 0 && is_quote(text[from - 1])) {
    if (text.find(text[from - 1], from) < to + 1) --from;
  }
  if (to < text.size() && is_quote(text[to])) {
    const std::size_t opening = text.rfind(text[to], to - 1);
    if (opening != std::string::npos && opening >= from) ++to;
  }
  return text.substr(from, to - from);
}

std::string Sentence::replaced(int begin, int end, std::string_view by) const {
  std::string out = slice(0, begin);
  const auto append = [&out](std::string_view part) {
    if (!out.empty() && !part.empty() && part.front() != ',') out += ' ';
    out += part;
  };
  if (begin > 0 && mark_before(begin)) out += ',';
  append(by);
  if (end < size() && mark_before(end) && end > begin) out += ',';
  append(slice(end, size()));
  return out;
}

bool Sentence::mark_before(int i) const {
  if (i <= 0 || i >= size()) return false;
  const auto& tokens = linked_.tokens;
  const std::size_t from = tokens[static_cast<std::size_t>(i) - 1].end;
  const std::size_t to = tokens[static_cast<std::size_t>(i)].begin;
  return linked_.question.substr(from, to - from).find_first_of(",;:.?!") != std::string::npos;
}

int Sentence::table_at(int i, link::NameMatch least) const {
  if (i < 0 || i >= size()) return -1;
  int best = -1;
  auto strongest = link::NameMatch::none;
  for (std::size_t t = 0; t < linked_.tables.size(); ++t) {
    const auto match = linked_.token_table[static_cast<std::size_t>(i) * linked_.tables.size() + t];
    if (match >= least && match > strongest) {
      strongest = match;
      best = linked_.tables[t];
    }
  }
  return best;
}

std::vector<ColumnRef> Sentence::columns_at(int i, link::NameMatch least) const {
  std::vector<ColumnRef> found;
  if (i < 0 || i >= size()) return found;
  for (std::size_t c = 0; c < linked_.columns.size(); ++c) {
    if (linked_.token_column[static_cast<std::size_t>(i) * linked_.columns.size() + c] >= least) {
      found.push_back(linked_.columns[c]);
    }
  }
  return found;
}

bool Sentence::names_column(int i) const {
  return !columns_at(i, link::NameMatch::partial).empty();
}

const link::ValueCandidate* Sentence::value_at(int i) const {
  const link::ValueCandidate* best = nullptr;
  for (const auto& value : linked_.values) {
    if (value.token_begin > i || value.token_end <= i) continue;
    if (!best || value.score > best->score) best = &value;
  }
  return best;
}

}  // namespace idi::dialogue
