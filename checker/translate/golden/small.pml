/*
 * a small model
 */

unsigned v_sum : 4;
unsigned v_t : 2 = 2;
byte n_wire[3];

c_code {
#define VARIABLES (sizeof(State) - VECTORSZ)
static State scratch;
static int broken;
static void commit(void) { memcpy(&now, &scratch, VARIABLES); }
}

c_code {
static int e0;
}

c_code {
static long g0(State *s) { return ((long)(unsigned)s->v_sum); }
}

c_code {
static long g1(State *s) { return ((long)(unsigned)s->v_t); }
}

c_code {
static void insert_n_wire(State *s, long c0)
{ int i = 0; long t;
  while (i < 3 && (((long)(unsigned)s->n_wire[i] >= c0))) i++;
  for (; i < 3; i++) {
    t = (long)(unsigned)s->n_wire[i]; s->n_wire[i] = c0; c0 = t;
  }
}
}

c_code {
static void remove_n_wire(State *s, int i)
{
  for (; i < 2; i++) { s->n_wire[i] = s->n_wire[i + 1]; }
  s->n_wire[2] = 0;
}
}

c_code {
static void double_n_wire(State *s, int i)
{ long t; long c0 = (long)(unsigned)s->n_wire[i];
  i++;
  for (; i < 3; i++) {
    t = (long)(unsigned)s->n_wire[i]; s->n_wire[i] = c0; c0 = t;
  }
}
}

c_code {
static void age_n_wire(State *s)
{ int i;
  for (i = 0; i < 3 && s->n_wire[i] != 0; i++) s->n_wire[i] += 16;
}
}

c_code {
static int delivery_n_wire(State *s, int i)
{ return s->n_wire[i] != 0 && (i == 0 || (s->n_wire[i] != s->n_wire[i - 1])); }
}

c_code {
static int fault_n_wire(State *s, int i)
{ return s->n_wire[i] != 0 && (i == 0 || (s->n_wire[i] != s->n_wire[i - 1])); }
}

c_code {
static int property_0(State *s)
{
  return ((g1(s) == 0) ? 1 : 0);
}
}

c_code {
/* initial */
static int can_0(State *s) { return (1 == 1); }
static int body_0(State *s)
{
return 1;
}
static int step_0(void)
{
 if (!can_0(&now)) return 0;
 memcpy(&scratch, &now, VARIABLES);
 return body_0(&scratch) || broken;
}
}

c_code {
/* say */
static int can_1(State *s, int p0) { return (g0(s) == 0); }
static int body_1(State *s, int p0)
{
long x0;
if (!(p0 <= 2)) {
 return 0;
}
x0 = p0;
if ((s->n_wire[2] != 0)) {
 return 0;
}
insert_n_wire(s, (0 << 4) + x0 + 1);
return 1;
}
static int step_1(int p0)
{
 if (!can_1(&now, p0)) return 0;
 memcpy(&scratch, &now, VARIABLES);
 return body_1(&scratch, p0) || broken;
}
}

c_code {
/* deliver wire */
static int can_2(State *s, int p0) { return delivery_n_wire(s, p0); }
static int body_2(State *s, int p0)
{
e0 = 0;
remove_n_wire(s, p0);
s->v_sum = (g0(s) + 1);
if ((g0(s) == 9)) {
 e0 = 1;
}
if (e0) broken = 1;
return 1;
}
static int step_2(int p0)
{
 if (!can_2(&now, p0)) return 0;
 memcpy(&scratch, &now, VARIABLES);
 return body_2(&scratch, p0) || broken;
}
}

c_code {
/* lose wire */
static int can_3(State *s, int p0) { return fault_n_wire(s, p0); }
static int body_3(State *s, int p0)
{
remove_n_wire(s, p0);
return 1;
}
static int step_3(int p0)
{
 if (!can_3(&now, p0)) return 0;
 memcpy(&scratch, &now, VARIABLES);
 return body_3(&scratch, p0) || broken;
}
}

c_code {
/* duplicate wire */
static int can_4(State *s, int p0) { return (!(s->n_wire[2] != 0) && fault_n_wire(s, p0)); }
static int body_4(State *s, int p0)
{
double_n_wire(s, p0);
return 1;
}
static int step_4(int p0)
{
 if (!can_4(&now, p0)) return 0;
 memcpy(&scratch, &now, VARIABLES);
 return body_4(&scratch, p0) || broken;
}
}

c_code {
/* tick */
static int can_5(State *s) { return ((((0 < g1(s)) || (s->n_wire[0] != 0)) && !(g1(s) == 1)) && !((s->n_wire[0] != 0) && (((((long)(unsigned)s->n_wire[0] - 1) >> 4) & 1) == 1))); }
static int body_5(State *s)
{
if ((0 < g1(s))) {
 s->v_t = (g1(s) + (-1));
}
age_n_wire(s);
return 1;
}
static int step_5(void)
{
 if (!can_5(&now)) return 0;
 memcpy(&scratch, &now, VARIABLES);
 return body_5(&scratch) || broken;
}
}

c_code {
static int begin(int k) { return step_0(); }
}

c_code {
static int looks(void) { return property_0(&now) != 1; }
static void begun(void) { }
}

active proctype model() {
  do
  :: d_step { c_expr { (begin(0)) } -> c_code [(!broken)] { commit(); begun(); } } -> break
  od;
  do
  :: d_step { c_expr { (looks()) } -> assert(false) }
  :: d_step { c_expr { (step_1(0)) } -> c_code [(!broken)] { commit(); } }
  :: d_step { c_expr { (step_1(1)) } -> c_code [(!broken)] { commit(); } }
  :: d_step { c_expr { (step_1(2)) } -> c_code [(!broken)] { commit(); } }
  :: d_step { c_expr { (step_2(0)) } -> c_code [(!broken)] { commit(); } }
  :: d_step { c_expr { (step_2(1)) } -> c_code [(!broken)] { commit(); } }
  :: d_step { c_expr { (step_2(2)) } -> c_code [(!broken)] { commit(); } }
  :: d_step { c_expr { (can_3(&now, 0)) } -> c_code { body_3(&now, 0); } }
  :: d_step { c_expr { (can_3(&now, 1)) } -> c_code { body_3(&now, 1); } }
  :: d_step { c_expr { (can_3(&now, 2)) } -> c_code { body_3(&now, 2); } }
  :: d_step { c_expr { (can_4(&now, 0)) } -> c_code { body_4(&now, 0); } }
  :: d_step { c_expr { (can_4(&now, 1)) } -> c_code { body_4(&now, 1); } }
  :: d_step { c_expr { (can_4(&now, 2)) } -> c_code { body_4(&now, 2); } }
  :: d_step { c_expr { (can_5(&now)) } -> c_code { body_5(&now); } }
  od
}
