#include "learning_curve.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <iomanip>
#include <sstream>

namespace idi::train {
namespace {

constexpr const char* csv_head =
    "seconds,step,examples,rate,loss,used_loss,accuracy,valid_loss,valid_accuracy";

struct Line {
  const char* name;
  const char* color;
  std::function<double(const CurvePoint&)> value;  ///< Negative: absent
};

/// One panel of lines over minutes, from y = 0.
void draw_panel(std::ostringstream& svg, const std::vector<CurvePoint>& curve, double top,
                const char* title, const std::vector<Line>& lines, double ceiling) {
  constexpr double left = 60, width = 620, height = 200;
  double minutes = 1e-6;
  double most = ceiling;
  for (const CurvePoint& point : curve) {
    minutes = std::max(minutes, point.seconds / 60);
    if (ceiling <= 0)
      for (const Line& line : lines) most = std::max(most, line.value(point));
  }
  most = most > 0 ? most : 1;
  svg << "<text x='" << left << "' y='" << top - 8 << "' font-weight='bold'>" << title
      << "</text>\n";
  for (int tick = 0; tick <= 4; ++tick) {
    const double y = top + height - height * tick / 4;
    const double x = left + width * tick / 4;
    svg << "<line x1='" << left << "' x2='" << left + width << "' y1='" << y << "' y2='" << y
        << "' stroke='#ddd'/><text x='" << left - 6 << "' y='" << y + 4 << "' text-anchor='end'>"
        << std::setprecision(3) << most * tick / 4 << "</text><text x='" << x << "' y='"
        << top + height + 16 << "' text-anchor='middle'>" << minutes * tick / 4
        << (tick == 4 ? " min" : "") << "</text>\n";
  }
  double legend = left + width - 90.0 * static_cast<double>(lines.size());
  for (const Line& line : lines) {
    svg << "<polyline fill='none' stroke-width='1.5' stroke='" << line.color << "' points='";
    for (const CurvePoint& point : curve) {
      const double value = line.value(point);
      if (value < 0 || !std::isfinite(value)) continue;
      svg << std::setprecision(6) << left + width * point.seconds / 60 / minutes << ','
          << top + height - height * std::min(value, most) / most << ' ';
    }
    svg << "'/><text x='" << legend << "' y='" << top - 8 << "' fill='" << line.color << "'>"
        << line.name << "</text>\n";
    legend += 90;
  }
}

}  // namespace

std::string to_csv(const std::vector<CurvePoint>& curve) {
  std::ostringstream out;
  out << csv_head << '\n' << std::setprecision(6);
  for (const CurvePoint& p : curve)
    out << p.seconds << ',' << p.step << ',' << p.examples << ',' << p.rate << ',' << p.loss << ','
        << p.used_loss << ',' << p.accuracy << ',' << p.valid_loss << ',' << p.valid_accuracy
        << '\n';
  return out.str();
}

std::vector<CurvePoint> from_csv(const std::string& csv) {
  std::vector<CurvePoint> curve;
  std::istringstream in(csv);
  for (std::string line; std::getline(in, line);) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream fields(line);
    CurvePoint p;
    if (fields >> p.seconds >> p.step >> p.examples >> p.rate >> p.loss >> p.used_loss >>
        p.accuracy >> p.valid_loss >> p.valid_accuracy)
      curve.push_back(p);
  }
  return curve;
}

std::string to_svg(const std::vector<CurvePoint>& curve) {
  std::ostringstream svg;
  svg << "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 720 560' font-family='sans-serif' "
         "font-size='11'>\n<rect width='720' height='560' fill='white'/>\n";
  draw_panel(svg, curve, 40, "Loss per step",
             {{"training", "#1f77b4", [](const CurvePoint& p) { return p.loss; }},
              {"validation", "#d62728", [](const CurvePoint& p) { return p.valid_loss; }}},
             0);
  draw_panel(svg, curve, 310, "Exact sequences",
             {{"training", "#1f77b4", [](const CurvePoint& p) { return p.accuracy; }},
              {"validation", "#d62728", [](const CurvePoint& p) { return p.valid_accuracy; }}},
             1);
  svg << "</svg>\n";
  return svg.str();
}

}  // namespace idi::train
