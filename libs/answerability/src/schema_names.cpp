#include "schema_names.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"

namespace idi::answerability {
namespace {

SchemaName name_of(const std::string& natural, const std::string& identifier) {
  SchemaName name;
  name.natural = natural;
  for (const std::string& text : {natural, natural_name_of(identifier)}) {
    for (const auto& token : link::tokenize(text)) {
      if (std::find(name.words.begin(), name.words.end(), token.lower) != name.words.end())
        continue;
      name.words.push_back(token.lower);
      name.stems.push_back(token.stem);
    }
  }
  return name;
}

bool holds(const SchemaName& name, std::string_view phrase) {
  for (const std::string& word : text::split(phrase, ' ')) {
    bool found = false;
    if (word.ends_with('*')) {
      const std::string_view beginning = std::string_view(word).substr(0, word.size() - 1);
      found = std::any_of(name.words.begin(), name.words.end(),
                          [&](const std::string& own) { return own.starts_with(beginning); });
    } else {
      found = std::find(name.stems.begin(), name.stems.end(), link::stem(word)) != name.stems.end();
    }
    if (!found) return false;
  }
  return true;
}

/// Optimal string alignment: insertions, deletions, replacements, swaps of neighbours.
std::size_t slips_between(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t same = a[i - 1] == b[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + same});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

/// A slip in a short word is another word.
bool is_slip_of(std::string_view word, std::string_view name_word) {
  if (word.size() < 5 || name_word.size() < 4) return false;
  if (word.size() > 40 || name_word.size() > 40) return false;
  const std::size_t allowed = std::min(word.size(), name_word.size()) >= 8 ? 2 : 1;
  const std::size_t longer = std::max(word.size(), name_word.size());
  if (longer - std::min(word.size(), name_word.size()) > allowed) return false;
  return slips_between(word, name_word) <= allowed;
}

/// A key says nothing to a person.
bool is_key(const SchemaName& name) { return !name.words.empty() && name.words.back() == "id"; }

/// Share of letter pairs in common (Dice), of words with their ends marked.
double spelling_likeness(std::string_view a, std::string_view b) {
  const auto pairs_of = [](std::string_view word) {
    const std::string marked = "^" + std::string(word) + "$";
    std::multiset<std::string> pairs;
    for (std::size_t i = 0; i + 1 < marked.size(); ++i) pairs.insert(marked.substr(i, 2));
    return pairs;
  };
  const auto left = pairs_of(a);
  const auto right = pairs_of(b);
  std::vector<std::string> common;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                        std::back_inserter(common));
  return 2.0 * static_cast<double>(common.size()) / static_cast<double>(left.size() + right.size());
}

/// 0–1: how near in meaning. The first shared concepts are the nearest ones.
double meaning_likeness(std::string_view word, std::string_view name_word,
                        const std::vector<std::uint32_t>& concepts, const link::WordNet& wordnet) {
  switch (wordnet.relation(word, name_word)) {
    case link::WordRelation::synonym:
      return 1;
    case link::WordRelation::related:
      return 0.85;
    case link::WordRelation::none:
      break;
  }
  // Far up everything is akin: only the nearest few count.
  constexpr std::size_t near = 3;
  const auto others = wordnet.concepts(name_word);
  for (std::size_t i = 0; i < std::min(near, concepts.size()); ++i)
    for (std::size_t j = 0; j < std::min(near, others.size()); ++j)
      if (concepts[i] == others[j]) return 0.55;
  return 0;
}

}  // namespace

std::vector<std::string_view> phrases_of(std::string_view list) {
  std::vector<std::string_view> phrases;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const std::string_view phrase = text::trim(list.substr(0, comma));
    if (!phrase.empty()) phrases.push_back(phrase);
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return phrases;
}

SchemaNames::SchemaNames(const Schema& schema) {
  for (const Table& table : schema.tables) {
    names_.push_back(name_of(table.natural_name, table.name));
    for (const Column& column : table.columns)
      names_.push_back(name_of(column.natural_name, column.name));
  }
}

bool SchemaNames::has(std::string_view phrase) const {
  return std::any_of(names_.begin(), names_.end(),
                     [&](const SchemaName& name) { return holds(name, phrase); });
}

bool SchemaNames::has_any(std::string_view phrases) const {
  const auto all = phrases_of(phrases);
  return std::any_of(all.begin(), all.end(), [&](std::string_view phrase) { return has(phrase); });
}

std::vector<std::string> SchemaNames::holding(std::string_view phrases, std::size_t max) const {
  std::vector<std::string> found;
  for (const std::string_view phrase : phrases_of(phrases)) {
    for (const SchemaName& name : names_) {
      if (found.size() == max) return found;
      if (!is_key(name) && holds(name, phrase) &&
          std::find(found.begin(), found.end(), name.natural) == found.end())
        found.push_back(name.natural);
    }
  }
  return found;
}

std::string_view SchemaNames::meant_by(std::string_view lower_word) const {
  for (const SchemaName& name : names_)
    for (std::size_t i = 0; i < name.words.size(); ++i)
      for (const std::string* spelling : {&name.words[i], &name.stems[i]})
        if (is_slip_of(lower_word, *spelling) || is_slip_of(lower_word, *spelling + "s"))
          return name.words[i];
  return {};
}

bool SchemaNames::is_akin(std::string_view lower_word, const link::WordNet& wordnet) const {
  const auto concepts = wordnet.concepts(lower_word);
  for (const SchemaName& name : names_)
    for (const std::string& word : name.words)
      if (meaning_likeness(lower_word, word, concepts, wordnet) > 0) return true;
  return false;
}

std::vector<std::string> SchemaNames::nearest(std::string_view lower_word,
                                              const link::WordNet& wordnet, std::size_t max) const {
  // A concept in common is too little to be offered: words have several senses.
  constexpr double near_enough = 0.6;
  const auto concepts = wordnet.concepts(lower_word);
  std::vector<std::pair<double, const SchemaName*>> scored;
  for (const SchemaName& name : names_) {
    if (is_key(name)) continue;
    double best = 0;
    for (const std::string& word : name.words) {
      // A word of several counts for less: "order" is nearer to "orders" than to "order date".
      const double share = name.words.size() > 1 ? 0.95 : 1;
      best = std::max(best, share * meaning_likeness(lower_word, word, concepts, wordnet));
      best = std::max(best, share * spelling_likeness(lower_word, word));
    }
    if (best >= near_enough) scored.emplace_back(best, &name);
  }
  std::stable_sort(scored.begin(), scored.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> names;
  for (const auto& [score, name] : scored) {
    if (names.size() == max) break;
    if (std::find(names.begin(), names.end(), name->natural) == names.end())
      names.push_back(name->natural);
  }
  return names;
}

}  // namespace idi::answerability
