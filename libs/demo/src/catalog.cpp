#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "calendar.hpp"
#include "catalog_words.hpp"
#include "stages.hpp"

namespace idi::demo {
namespace {

constexpr int variants_per_article = 6;
constexpr int never_sold_products = 5;

// 149 euros at most: 149.00; below 50: 24.95 – as price tags are.
int price_tag(Random& random, const Article& article) {
  const int euros = random.between(article.low_price, article.high_price);
  if (euros >= 500) return (euros / 10 * 10 + 9) * 100;
  return euros < 50 ? euros * 100 - 5 : euros * 100;
}

int introduction_day(Random& random) {
  // A third of the range came during the three years.
  if (random.chance(1, 3)) {
    return random.between(day_number({2022, 2, 1}), day_number({2024, 9, 30}));
  }
  return random.between(day_number({2018, 1, 1}), day_number({2021, 12, 31}));
}

std::vector<std::string_view> shuffled(Random& random, std::span<const std::string_view> words) {
  std::vector<std::string_view> result(words.begin(), words.end());
  for (std::size_t i = result.size(); i > 1; --i) {
    std::swap(result[i - 1], result[random.below(static_cast<std::uint32_t>(i))]);
  }
  return result;
}

Product make_product(Random& random, std::string name, int category, const Article& article,
                     int suppliers) {
  Product product;
  product.name = std::move(name);
  product.category = category;
  product.supplier = random.between(0, suppliers - 1);
  product.price = price_tag(random, article);
  product.cost = product.price * random.between(45, 66) / 100;
  product.weight_grams = article.weight_grams * random.between(85, 120) / 100;
  product.introduced = introduction_day(random);
  product.discontinued = random.chance(1, 18);
  // A few articles make most of the sales.
  const int rank = random.between(1, 20);
  product.popularity = 400 / rank;
  return product;
}

}  // namespace

void add_catalog(Random& random, Shop& shop) {
  for (const SupplierWords& words : supplier_words()) {
    shop.suppliers.push_back(
        {std::string(words.name), words.country, words.city, std::string(words.mail)});
  }
  const int suppliers = static_cast<int>(shop.suppliers.size());
  for (const CategoryWords& words : category_words()) {
    const int category = static_cast<int>(shop.categories.size());
    shop.categories.push_back({words.name, words.description});
    for (const Article& article : words.articles) {
      const auto names = shuffled(random, words.guides ? guide_areas() : product_lines());
      for (int variant = 0; variant < variants_per_article; ++variant) {
        const std::string_view word = names[static_cast<std::size_t>(variant)];
        std::string name = words.guides ? fmt::format("{} {}", article.noun, word)
                                        : fmt::format("{} {}", word, article.noun);
        shop.products.push_back(
            make_product(random, std::move(name), category, article, suppliers));
      }
    }
  }
  for (int i = 0; i < never_sold_products; ++i) {
    Product& product =
        shop.products[random.below(static_cast<std::uint32_t>(shop.products.size()))];
    product.popularity = 0;
    product.discontinued = false;
  }
}

}  // namespace idi::demo
