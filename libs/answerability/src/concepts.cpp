#include "concepts.hpp"

namespace idi::answerability {
namespace {

// clang-format off
constexpr Concept concepts[] = {
    // Money.
    {"profit, profits, profitable, profitability, profit margin, margin, margins, markup, gross margin",
     "profit*, margin, markup, earning, gain, net, roi",
     "cost, expens*, purchase price, buying price, wholesale, spend*, budget, invest*",
     "price, revenue, sale, amount, total, paid, gross, income, turnover, box office",
     "would need what things cost", "unit price, price, revenue, amount, total, paid, sale, gross", true},
    {"production cost, purchase price, cost of goods, unit cost, manufacturing cost",
     "cost, expens*, purchase price, wholesale, spend*", "", "", "", "price, amount, total"},
    {"revenue, revenues, turnover",
     "revenue, turnover, sale, sell*, sold, income, earning, gross, amount, total, paid, payment, price, fee, box office, profit*, receipt, charge, money, cost",
     "", "", "would need prices or amounts", "quantity", true},
    {"discount, discounts, discounted, rebate, rebates, coupon, coupons, voucher, vouchers",
     "discount*, rebate, coupon, voucher, promo*, reduc*, offer, deal, sale price, special, code",
     "list price", "paid, sold, unit price", "", "unit price, price, amount, total"},
    {"tax, taxes, vat, sales tax", "tax*, vat, gst, duty, fiscal", "", "", "",
     "price, amount, total"},
    {"refund, refunds, refunded", "refund*, return*, reimburs*, credit*, cancel*, chargeback, status, settle*, claim, transaction type, type code",
     "", "", "", "payment, invoice"},
    {"salary, salaries, wage, wages, payroll, paycheck",
     "salar*, wage, pay*, income, earn*, compensation, remuneration, stipend, bonus, paid, rate, revenue, money, lecturer",
     "", "", "", "job, position"},
    {"exchange rate, exchange rates", "exchange rate, rate, currenc*, fx", "", "", "", "currency, price, amount"},
    {"inflation", "inflation, cpi, price index", "", "", "", "price, year"},
    {"stock price, share price, stock prices, share prices",
     "price, stock, share*, quote, close, value, market", "", "", "", "revenue"},
    {"budget, budgets", "budget*, plan*, spend*, invest*, fund*, cost, amount, money, estimat*", "", "", "", "cost, amount, total, price"},
    {"debt, debts, mortgage", "debt, mortgage, loan, owe*, balance, credit, liabilit*, borrow*", "", "", "",
     "balance, amount"},
    // Customers and the market.
    {"churn, churned, churn rate, retention, retention rate, attrition",
     "churn*, retention, attrition, cancel*, unsubscri*, terminat*, inactive, active, status, left, leav*, closed, expir*, end, until, valid to, date to, to date",
     "", "", "would need a note of who has left", "joined, registered, since, ordered, order date, date", true},
    {"satisfaction, satisfied, unsatisfied, dissatisfied, happiness, happiest, nps, net promoter score",
     "satisf*, happ*, rating, rate, review*, score, star, feedback, survey, nps, complain*, grade, opinion, comment, like, rank, evaluation, quality, tip",
     "", "", "would need ratings or reviews", ""},
    {"review, reviews, reviewed, best rated, highest rated, top rated, rating, ratings, stars",
     "review*, rating, rate*, star, score, feedback, opinion, comment, grade, vote, rank*, critic*, like, evaluation, assessment, point, result, level, quality, percent*, class",
     "", "", "", ""},
    {"complaint, complaints, support ticket, support tickets",
     "complain*, ticket, issue, support, claim, feedback, problem, incident, case, fault, help, return", "", "", "", ""},
    {"loyalty, loyalty points, loyalty program", "loyal*, point, member*, bonus, reward, card, level", "", "", "", "total"},
    {"market share, competitor, competitors", "market, competit*, rival, share, industr*, brand, compan*, manufactur*, oppon*, team, participant, player, contestant", "", "", "", "sale, revenue"},
    {"page view, page views, pageviews, click, clicks, impressions, bounce rate, conversion rate, website traffic, web traffic",
     "view*, click*, visit*, session, conversion, impression, traffic, hit, bounce, page, web*", "", "", "", ""},
    {"marketing spend, marketing budget, advertising, ad spend, marketing campaign, marketing campaigns",
     "campaign, advert*, marketing, ad, promot*, channel, budget, mailshot, sponsor*", "", "", "", "revenue"},
    {"sales target, sales targets, quota, kpi, kpis", "target, goal, quota, plan*, kpi, budget, objective", "", "", "", "sale, total, amount, revenue"},
    {"forecast, forecasts, predicted sales, sales forecast, projected",
     "forecast*, predict*, expect*, project*, plan*, target, estimat*, outlook", "", "", "would need a forecast; there is only what has happened", ""},
    // Goods and how they come.
    {"in stock, out of stock, stock level, stock levels, inventory, inventories",
     "stock*, inventor*, quantit*, on hand, available, availab*, warehouse, amount, count, storage, holding, copies, number, item", "", "", "", "quantity"},
    {"shipping, shipping cost, shipping costs, delivery time, delivery times, late delivery, late deliveries",
     "ship*, deliver*, dispatch*, arriv*, courier, carrier, freight, sent, transport*, packag*", "", "", "", "order date, ordered, date, status"},
    {"warranty, warranties, guarantee", "warrant*, guarant*", "", "", "", "purchase date, order date"},
    {"defect, defects, defective, faulty", "defect*, fault*, quality, damage*, fail*, broken, problem, condition, error, status, issue, skill", "", "", "", "return"},
    {"supplier, suppliers, vendor, vendors", "suppl*, vendor, manufact*, maker, producer, provider, distribut*, purchase, brand, company, seller", "", "", "", "brand"},
    {"barcode, barcodes, sku, isbn", "barcode, code, sku, isbn, ean, upc, number, id", "", "", "", ""},
    // People.
    {"age, ages, how old, years old",
     "age*, birth*, born, dob, year*, found*, establish*, built, open*, construct*, made, old",
     "", "", "would need a date of birth", ""},
    {"birthday, birthdays, date of birth, birth date, birthdate",
     "birth*, born, dob, date*, year*, age*", "", "", "", "age, joined, hired"},
    {"marital status, married, divorced, spouse, spouses",
     "marital, marri*, spouse, wife, husband, divorc*, wedding, partner, status, family, couple, relation*", "", "", "", "gender"},
    {"religion, religious, ethnicity", "religio*, faith, church, belief, ethnic*, race, affiliation, type, denomination, group", "", "", "", "country, nationality"},
    {"nationality, nationalities, citizenship",
     "national*, citizen*, countr*, nation, origin, birthplace, passport, home*, language, place, location, state, hometown", "", "", "", "city, address"},
    {"email, emails, e-mail, email address, email addresses", "email*, mail*, contact*", "", "", "", "phone, telephone, address"},
    {"phone number, phone numbers, telephone number, telephone numbers, mobile number",
     "phone*, tele*, mobile, cell*, contact*, tel, fax, number*", "", "", "", "email, address"},
    {"vacation, vacation days, sick days, sick leave, overtime",
     "vacation, leave, absen*, holiday, sick*, attendance, off, overtime, hour, shift, time", "", "", "", "hired"},
    {"hobby, hobbies", "hobb*, interest*, like*, activit*, pastime", "", "", "", ""},
    // Health.
    {"diagnosis, diagnoses, diagnosed", "diagnos*, diseas*, condition, illness, treat*, case, symptom, disorder, injur*, procedure, reason, prescri*", "", "", "", "visit, appointment, treatment"},
    {"medication, medications, prescription, prescriptions", "medic*, drug, prescri*, treat*, dos*, pharma*", "", "", "", "treatment"},
    {"allergy, allergies, allergic", "allerg*", "", "", "", "diagnosis, condition"},
    {"blood type, blood types, blood pressure", "blood*, pressure", "", "", "", "diagnosis"},
    // The world.
    {"weather, rain, rainy, rainfall, sunny, snow, snowfall, humidity, weather forecast",
     "weather, rain*, sun*, snow*, humid*, temperature, precipitation, climate, wind, storm, condition*, event*, cloud*, hurricane", "", "", "", ""},
    {"distance, distances, how far, how many miles, how many kilometers, how many kilometres",
     "distance, latitude, longitude, coord*, lat, lng, lon, long, km, mile*, range, length, far, route, meter*, metre*, height, location, place, travel*, mileage, position",
     "", "", "would need distances or coordinates", "address, city, country"},
    {"carbon footprint, carbon emissions, co2, emissions", "emission, co2, carbon, footprint, fuel, energy, pollut*", "", "", "", "distance, weight"},
    {"news, headlines, horoscope, lottery, traffic jam, traffic jams",
     "news*, headline, horoscope, lotter*, traffic, press, article, journal*, story, channel, media", "", "", "", ""},
    {"gdp, unemployment, unemployment rate", "gdp, gnp, unemploy*, econom*, employ*", "", "", "", "population"},
    {"crime, crimes, crime rate", "crim*, offen*, murder*, killed, police, perpetrator", "", "", "", "population"},
    {"calorie, calories, ingredients, nutrition", "calor*, ingredient, nutrit*, food, recipe, diet", "", "", "", "weight"},
    {"password, passwords", "password, pass*, login, credential, secret, pin", "", "", "", "email"},
    {"photo, photos, picture of, pictures of", "photo*, pic*, image*, img, url, video*, camera", "", "", "", ""},
};
// clang-format on

}  // namespace

std::span<const Concept> all_concepts() { return concepts; }

}  // namespace idi::answerability
