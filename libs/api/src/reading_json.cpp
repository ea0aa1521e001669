#include "reading_json.hpp"

#include <algorithm>

#include "idi/core/text.hpp"

namespace idi::api {
namespace {

constexpr std::size_t max_options = 5;
constexpr std::size_t max_offers = 5;

std::string_view part_kind_name(explanation::PartKind kind) {
  using explanation::PartKind;
  switch (kind) {
    case PartKind::measure:
      return "measure";
    case PartKind::item:
      return "item";
    case PartKind::table:
      return "table";
    case PartKind::join:
      return "join";
    case PartKind::condition:
      return "condition";
    case PartKind::group:
      return "group";
    case PartKind::order:
      return "order";
    case PartKind::limit:
      return "limit";
    case PartKind::set:
      return "set";
    case PartKind::glue:
      break;
  }
  return "glue";
}

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }
/// Characters of four bytes are pairs of surrogates.
std::size_t units_of(char first) { return static_cast<unsigned char>(first) >= 0xF0 ? 2 : 1; }

/// UTF-16 code units of a text, as it is sent.
std::size_t length_of(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text::to_valid_utf8(text)) units += begins_character(c) ? units_of(c) : 0;
  return units;
}

json::array ranges_json(std::string_view text, const std::vector<explanation::TextRange>& ranges) {
  json::array array;
  for (const auto& range : ranges) array.push_back(range_json(text, range.begin, range.end));
  return array;
}

}  // namespace

json::object range_json(std::string_view text, std::size_t begin, std::size_t end) {
  const std::size_t last = std::min(end, text.size());
  const std::size_t first = std::min(begin, last);
  return {{"begin", length_of(text.substr(0, first))}, {"end", length_of(text.substr(0, last))}};
}

std::string part_of(std::string_view text, std::size_t begin, std::size_t end) {
  std::string part;
  std::size_t units = 0;
  bool inside = false;
  for (const char c : text) {
    if (begins_character(c)) {
      inside = units >= begin && units < end;
      units += units_of(c);
    }
    if (inside) part += c;
  }
  return part;
}

json::object explanation_json(const engine::Answer& answer, bool with_parts) {
  const auto& explanation = answer.explanation;
  const std::string_view text = answer.read_question;
  json::array parts;
  for (const auto& part : explanation.parts) {
    if (!with_parts) break;
    parts.push_back(json::object{{"kind", part_kind_name(part.kind)},
                                 {"text", json_text(part.text)},
                                 {"words", ranges_json(text, part.words)}});
  }
  return {{"text", json_text(explanation.text)},
          {"tables", json_texts(explanation.tables)},
          {"columns", json_texts(explanation.columns)},
          {"values", json_texts(explanation.values)},
          {"parts", std::move(parts)},
          {"unused_words", ranges_json(text, explanation.unused_words)}};
}

json::array findings_json(const engine::Answer& answer) {
  json::array findings;
  for (const auto& finding : answer.findings) {
    json::array offers;
    for (const auto& offer : finding.offers) {
      if (offers.size() == max_offers) break;
      offers.push_back(
          json::object{{"label", json_text(offer.label)}, {"question", json_text(offer.question)}});
    }
    findings.push_back(json::object{{"kind", verification::finding_kind_name(finding.kind)},
                                    {"repaired", finding.repaired},
                                    {"text", json_text(finding.text)},
                                    {"offers", std::move(offers)}});
  }
  return findings;
}

bool is_card(const clarification::Clarification& card) { return card.options.size() >= 2; }

json::object clarification_json(const clarification::Clarification& card,
                                std::string_view read_question) {
  json::object object{{"id", json_text(card.id)},
                      {"ambiguity", clarification::ambiguity_name(card.ambiguity)}};
  if (card.begin < card.end) object["phrase"] = range_json(read_question, card.begin, card.end);
  object["text"] = json_text(card.text);
  json::array options;
  for (const auto& option : card.options) {
    if (options.size() == max_options) break;
    json::object one{{"id", json_text(option.id)}, {"label", json_text(option.label)}};
    if (!option.detail.empty()) one["detail"] = json_text(option.detail);
    options.push_back(std::move(one));
  }
  object["options"] = std::move(options);
  return object;
}

json::object resolution_json(const clarification::Resolution& resolution) {
  return {{"clarification", json_text(resolution.clarification)},
          {"option", json_text(resolution.option)},
          {"phrase", json_text(resolution.phrase)},
          {"label", json_text(resolution.label)}};
}

}  // namespace idi::api
