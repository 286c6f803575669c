/** What the tests of this module run against: real keys, a real key server, a real database, a tap on its wire. No test lives here. */
package dev.latchkey.api.testkit;
