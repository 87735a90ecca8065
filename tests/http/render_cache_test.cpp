#define BOOST_TEST_DYN_LINK
#include "http/render_cache.hpp"
#include "http/router.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

using namespace polar_flow;
using namespace polar_flow::http;

namespace {

const std::array<route, 2> routes{};

rendering make(std::uint64_t changes, std::string body) {
  return {{changes, date{}}, std::make_shared<const std::string>(std::move(body)), {}, nullptr};
}

} // namespace

BOOST_AUTO_TEST_SUITE(render_cache_suite)

BOOST_AUTO_TEST_CASE(keys_are_user_route_and_days) {
  render_cache cache{10000};
  cache.store({"u", &routes[0], 7}, make(1, "a"));
  BOOST_TEST(*cache.find({"u", &routes[0], 7})->body == "a");
  BOOST_TEST(!cache.find({"v", &routes[0], 7}).has_value());
  BOOST_TEST(!cache.find({"u", &routes[1], 7}).has_value());
  BOOST_TEST(!cache.find({"u", &routes[0], 8}).has_value());
}

BOOST_AUTO_TEST_CASE(a_newer_rendering_replaces_the_older) {
  render_cache cache{10000};
  cache.store({"u", &routes[0], 7}, make(1, "old"));
  const auto before = cache.bytes();
  cache.store({"u", &routes[0], 7}, make(2, "new"));
  BOOST_TEST(*cache.find({"u", &routes[0], 7})->body == "new");
  BOOST_TEST(cache.find({"u", &routes[0], 7})->version.changes == 2u);
  BOOST_TEST(cache.bytes() == before);
}

BOOST_AUTO_TEST_CASE(the_least_recently_used_goes_first) {
  render_cache cache{4000};
  const std::string body(1000, 'x'); // three of these fit, with what an entry costs besides
  cache.store({"a", &routes[0], 0}, make(1, body));
  cache.store({"b", &routes[0], 0}, make(1, body));
  cache.store({"c", &routes[0], 0}, make(1, body));
  BOOST_TEST(cache.find({"a", &routes[0], 0}).has_value()); // now "b" is the oldest
  cache.store({"d", &routes[0], 0}, make(1, body));
  BOOST_TEST(!cache.find({"b", &routes[0], 0}).has_value());
  BOOST_TEST(cache.find({"a", &routes[0], 0}).has_value());
  BOOST_TEST(cache.find({"c", &routes[0], 0}).has_value());
  BOOST_TEST(cache.find({"d", &routes[0], 0}).has_value());
  BOOST_TEST(cache.bytes() <= 4000u);
}

BOOST_AUTO_TEST_CASE(what_is_larger_than_the_cache_is_not_kept) {
  render_cache cache{1000};
  cache.store({"a", &routes[0], 0}, make(1, "small"));
  cache.store({"b", &routes[0], 0}, make(1, std::string(2000, 'x')));
  BOOST_TEST(!cache.find({"b", &routes[0], 0}).has_value());
  BOOST_TEST(cache.find({"a", &routes[0], 0}).has_value());
}

BOOST_AUTO_TEST_CASE(a_packed_body_counts) {
  render_cache cache{10000};
  cache.store({"a", &routes[0], 0}, make(1, "body"));
  const auto before = cache.bytes();
  auto packed = *cache.find({"a", &routes[0], 0});
  packed.packed_body = std::make_shared<const std::string>("pack");
  cache.store({"a", &routes[0], 0}, packed);
  BOOST_TEST(cache.bytes() == before + 4);
  BOOST_TEST(*cache.find({"a", &routes[0], 0})->packed_body == "pack");
}

BOOST_AUTO_TEST_CASE(erased_entries_give_their_bytes_back) {
  render_cache cache{1000};
  cache.store({"a", &routes[0], 0}, make(1, "body"));
  cache.erase({"a", &routes[0], 0});
  cache.erase({"never", &routes[0], 0});
  BOOST_TEST(!cache.find({"a", &routes[0], 0}).has_value());
  BOOST_TEST(cache.bytes() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
