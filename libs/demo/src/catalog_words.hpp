// What the shop sells and who makes it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace idi::demo {

enum class Season : std::uint8_t { all_year, summer, winter, gifts };

struct Article {
  std::string_view noun;
  int low_price;   ///< Whole euros.
  int high_price;  ///< Whole euros.
  int weight_grams;
};

struct CategoryWords {
  std::string_view name;
  std::string_view description;
  Season season;
  std::uint32_t share;  ///< Of the lines sold, relative.
  std::span<const Article> articles;
  bool guides = false;  ///< Named after areas instead of product lines.
};

struct SupplierWords {
  std::string_view name;
  std::string_view country;
  std::string_view city;
  std::string_view mail;
};

[[nodiscard]] std::span<const CategoryWords> category_words();
[[nodiscard]] std::span<const SupplierWords> supplier_words();
/// First words of product names.
[[nodiscard]] std::span<const std::string_view> product_lines();
/// Last words of the names of guides and maps.
[[nodiscard]] std::span<const std::string_view> guide_areas();

}  // namespace idi::demo
