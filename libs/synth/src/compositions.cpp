#include "compositions.hpp"

#include "idi/core/text.hpp"

namespace idi::synth {
namespace {

constexpr std::string_view openings =
    "{Could you please tell me: |Could you tell me |Can you show me |Please tell me |I would like "
    "to "
    "know |I want to know: |Tell me |Hi, |I'd like to see |Quick question: |Do we know |Please "
    "show "
    "|Let me know |We need to know }";

bool is_capitalised_word(const std::string& text) {
  return text.size() > 1 && text[1] >= 'A' && text[1] <= 'Z';
}

/// Talk around the question.
std::string opened(std::string wording, Random& random) {
  if (!chance(random, 0.08)) return wording;
  if (!is_capitalised_word(wording) && !wording.empty()) {
    wording.replace(0, 1, text::to_lower_ascii(wording.substr(0, 1)));
  }
  std::string text = choose_alternatives(openings, random) + wording;
  if (chance(random, 0.2)) {
    if (text.ends_with('?')) text.pop_back();
    text += choose_alternatives("{ please| please?|, please|, thanks}", random);
  }
  return text;
}

const std::vector<Family>& families() {
  static const std::vector<Family> all = [] {
    std::vector<Family> made;
    for (const auto part :
         {comparison_families(), ranking_families(), plain_families(), time_families()}) {
      made.insert(made.end(), part.begin(), part.end());
    }
    return made;
  }();
  return all;
}

const Family& draw_family(Random& random) {
  std::size_t sum = 0;
  for (const Family& family : families()) sum += static_cast<std::size_t>(family.weight);
  std::size_t at = pick(random, sum);
  for (const Family& family : families()) {
    if (at < static_cast<std::size_t>(family.weight)) return family;
    at -= static_cast<std::size_t>(family.weight);
  }
  return families().back();
}

}  // namespace

std::optional<Composed> compose(const Schema& schema, const Rewording& rewording,
                                const temporal::Calendar& calendar, Random& random) {
  if (schema.tables.empty()) return std::nullopt;
  const Family& family = draw_family(random);
  Parts parts(schema, rewording, calendar, random);
  auto made = family.compose(parts);
  if (!made) return std::nullopt;
  made->wording = tidy_sentence(opened(tidy_sentence(made->wording), random));
  return Composed{family.name, std::move(*made)};
}

}  // namespace idi::synth
