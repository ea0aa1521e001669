#include "candidate_list.hpp"

#include <algorithm>
#include <map>

namespace idi::link {
namespace {

bool covers(const ValueCandidate& candidate, std::size_t begin, std::size_t end) {
  return candidate.token_begin <= static_cast<int>(begin) &&
         candidate.token_end >= static_cast<int>(end);
}

void add_column(ValueCandidate& candidate, ColumnRef column, const std::string& cell) {
  const auto& columns = candidate.columns;
  if (std::find(columns.begin(), columns.end(), column) != columns.end()) return;
  candidate.columns.push_back(column);
  candidate.cells.push_back(cell);
}

}  // namespace

std::string_view CandidateList::slice(std::size_t begin, std::size_t end) const {
  return question_.substr(tokens_[begin].begin, tokens_[end - 1].end - tokens_[begin].begin);
}

std::string_view CandidateList::gap_before(std::size_t token) const {
  const std::size_t begin = token == 0 ? 0 : tokens_[token - 1].end;
  return question_.substr(begin, tokens_[token].begin - begin);
}

bool CandidateList::is_sentence_start(std::size_t token) const {
  return token == 0 || gap_before(token).find_first_of(".?!") != std::string_view::npos;
}

bool CandidateList::is_covered(std::size_t begin, std::size_t end) const {
  return std::any_of(found_.begin(), found_.end(),
                     [&](const auto& each) { return covers(each, begin, end); });
}

bool CandidateList::is_covered(std::size_t begin, std::size_t end, ValueKind kind) const {
  return std::any_of(found_.begin(), found_.end(), [&](const auto& each) {
    return each.kind == kind && covers(each, begin, end);
  });
}

ValueCandidate* CandidateList::add(ValueKind kind, std::string text, std::size_t begin,
                                   std::size_t end, double score) {
  const bool known = std::any_of(found_.begin(), found_.end(), [&](const auto& each) {
    return each.text == text && covers(each, begin, end);
  });
  if (known || text.empty()) return nullptr;
  ValueCandidate candidate;
  candidate.kind = kind;
  candidate.text = std::move(text);
  candidate.token_begin = static_cast<int>(begin);
  candidate.token_end = static_cast<int>(end);
  candidate.score = score;
  return &found_.emplace_back(std::move(candidate));
}

bool CandidateList::add_cells(const std::vector<CellHit>& hits, std::size_t begin, std::size_t end,
                              double score) {
  if (hits.empty()) return false;
  std::map<std::string_view, int> spellings;
  for (const CellHit& hit : hits) ++spellings[hit.cell];
  std::string_view text = hits.front().cell;
  for (const auto& [spelling, count] : spellings) {
    if (count > spellings[text]) text = spelling;
  }
  ValueCandidate* candidate = add(ValueKind::cell, std::string(text), begin, end, score);
  if (candidate == nullptr) return true;
  for (const CellHit& hit : hits) add_column(*candidate, hit.column, hit.cell);
  return true;
}

void CandidateList::add_unsaid_cell(ColumnRef column, const std::string& cell, std::size_t token,
                                    double score) {
  const auto same = std::find_if(found_.begin(), found_.end(), [&](const ValueCandidate& each) {
    return each.kind == ValueKind::cell && each.text == cell &&
           each.token_begin == static_cast<int>(token);
  });
  if (same != found_.end()) {
    add_column(*same, column, cell);
  } else {
    add_cells({{column, cell}}, token, token + 1, score);
  }
}

std::vector<ValueCandidate> CandidateList::take_best(int max_values) {
  std::stable_sort(found_.begin(), found_.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  const auto limit = static_cast<std::size_t>(std::max(0, max_values));
  if (found_.size() > limit) found_.resize(limit);
  return std::move(found_);
}

bool is_all_upper(std::string_view text) {
  return text.size() >= 2 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || c == '.' || (c >= '0' && c <= '9');
         });
}

}  // namespace idi::link
